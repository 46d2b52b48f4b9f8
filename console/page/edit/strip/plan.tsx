/**
 * The changes that publishing would make, and the customers that they concern. The text is worded as a plan, because
 * nothing has happened yet.
 */
import { count } from "../../../../insight/words/count.ts";
import type { JourneyPlan } from "../../../api/edit.ts";
import { Differences } from "../../parts/differences.tsx";
import { Problem } from "../../parts/states.tsx";
import type { Following } from "../desk/use-following.ts";

export function Plan({
  plan: { answer, error, isCurrent },
  hasErrors,
}: {
  plan: Following<JourneyPlan>;
  hasErrors: boolean;
}) {
  if (hasErrors) return <p>Solve the problems first: then this says what publishing would change.</p>;
  if (error && isCurrent) return <Problem title="The comparison failed" error={error} />;
  if (!answer) return <p role="status">Comparing with what is live…</p>;
  const { live, version, inside, differences, effects } = answer;
  return (
    <div class={isCurrent ? "plan" : "plan old"}>
      <p>
        {live === null || live.version === 0
          ? "No version is live. Publishing creates version 1, and customers enter from then on."
          : differences.length === 0
            ? `Nothing changes: version ${live.version} is live and says the same.`
            : version > live.version
              ? `Version ${live.version} is live, with ${count(inside, "customer")} inside. Publishing creates version ${version}.`
              : `Version ${live.version} is live, with ${count(inside, "customer")} inside. Publishing creates no new version.`}
      </p>
      {effects.length > 0 ? (
        <ul class="effects">
          {effects.map(({ part, text }) => (
            <li key={part + text}>{text}</li>
          ))}
        </ul>
      ) : null}
      {live === null || live.version === 0 ? null : <Differences found={differences} />}
    </div>
  );
}
