/** The health of the stack: what is wrong, what it means for customers, and its remedies. Quiet when all is fine. */
import { useState } from "preact/hooks";
import type { Finding, State } from "../../../insight/health/finding.ts";
import { Loading, Problem, Stale } from "../parts/states.tsx";
import { useSession } from "../session/session.ts";
import { useAnswer } from "../session/use-answer.ts";
import { Remedies } from "./remedies.tsx";

const EVERY_MILLISECONDS = 60_000;

export function Health() {
  const { answer, error, reload } = useAnswer("health", {}, EVERY_MILLISECONDS);
  const [outcome, setOutcome] = useState("");
  if (!answer)
    return error ? (
      <Problem whole title="The health could not be read" error={error} />
    ) : (
      <Loading what="the health of the stack" />
    );
  const done = async (next: string) => {
    setOutcome(next);
    await reload();
  };
  const of = (state: State) => answer.filter((finding) => finding.state === state);
  const [failing, notes, fine, unknown] = [of("failing"), of("note"), of("ok"), of("not known")];
  return (
    <>
      <div class="heading">
        <h1>Health</h1>
        <button type="button" onClick={() => void reload()}>
          Check now
        </button>
      </div>
      <Stale error={error} />
      <p class="outcome" role="status">
        {outcome}
      </p>
      {failing.length + notes.length === 0 ? (
        <p class="all-well">
          <span aria-hidden="true">✓</span> Nothing is wrong.
        </p>
      ) : (
        <ul class="findings">
          {[...failing, ...notes].map((finding) => (
            <Found key={keyOf(finding)} finding={finding} onDone={done} />
          ))}
        </ul>
      )}
      <Quiet title="Checked and fine" findings={fine} />
      <Unknown findings={unknown} />
    </>
  );
}

/** The key stays the same while the numbers of a finding change, so that an open question stays open. */
const keyOf = ({ area, state, what, remedies: [first] = [] }: Finding) => `${area} ${state} ${first?.command ?? what}`;

function Found({ finding, onDone }: { finding: Finding; onDone: (outcome: string) => Promise<void> }) {
  const { area, state, what, forCustomers, doFirst, remedies = [] } = finding;
  return (
    <li class={`card-like finding ${state}`}>
      <h2>
        {area} <span class={`badge${state === "failing" ? " bad" : ""}`}>{state}</span>
      </h2>
      <p>{what}</p>
      {forCustomers ? (
        <p>
          <b>For customers:</b> {forCustomers}
        </p>
      ) : null}
      {doFirst ? (
        <p>
          <b>Do first:</b> {doFirst}
        </p>
      ) : null}
      {remedies.length > 0 ? <Remedies area={area} remedies={remedies} onDone={onDone} /> : null}
    </li>
  );
}

function Unknown({ findings }: { findings: readonly Finding[] }) {
  const { mode } = useSession();
  if (mode === "embedded" && findings.length > 0)
    return <p class="faint">The embedded engine has no alarms, no executions on AWS and no mail account to check.</p>;
  return <Quiet title="Could not be read" findings={findings} />;
}

function Quiet({ title, findings }: { title: string; findings: readonly Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <details>
      <summary>
        {title}: {findings.length}
      </summary>
      <dl class="quiet-list">
        {findings.map(({ area, what }) => (
          <div key={area + what}>
            <dt>{area}</dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
