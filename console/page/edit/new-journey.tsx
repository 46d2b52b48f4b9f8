/** The choice of how a new journey begins: empty, or as a copy of an example, which is described by what it does. */
import { Loading, Problem } from "../parts/states.tsx";
import { useAnswer } from "../session/use-answer.ts";

export function NewJourney() {
  const { answer, error } = useAnswer("edit", {}, "once");
  if (!answer)
    return error ? (
      <Problem whole title="The examples could not be read" error={error} />
    ) : (
      <Loading what="the examples" />
    );
  const link = (from: string) => `/journeys/~new?from=${encodeURIComponent(from)}`;
  return (
    <>
      <div class="heading">
        <h1>New journey</h1>
      </div>
      <ul class="beginnings">
        <li>
          <a class="card-like" href={link("empty")}>
            <b>Begin with an empty page</b>
            <span>Draw it: a trigger, and a + where the first component goes.</span>
          </a>
        </li>
        {answer.examples.map(({ name, journey }) => (
          <li key={name}>
            <a class="card-like" href={link(name)}>
              <b>{String(journey.name ?? name)}</b>
              <span>{String(journey.description ?? "")}</span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
