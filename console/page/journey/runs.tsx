/** The audience runs of a journey: when each one started, how far it is, and what came of it. */
import { Loading, Problem } from "../parts/states.tsx";
import { Time, WithTimes } from "../parts/time.tsx";
import { useAnswer } from "../session/use-answer.ts";

export function Runs({ id }: { id: string }) {
  const { answer, error } = useAnswer("runs", { id });
  if (!answer)
    return error ? <Problem title="The runs could not be read" error={error} /> : <Loading what="the runs" />;
  const { runs, more } = answer;
  if (runs.length === 0)
    return (
      <p class="faint">
        This journey has no audience runs. A schedule, a date or <code>journeys enter</code> starts one.
      </p>
    );
  return (
    <>
      <ol class="saves">
        {runs.map(({ runId, startedAt, state, text }) => (
          <li key={runId} class="card-like">
            <h2>
              <Time at={startedAt} /> <span class={`badge${state === "skipped" ? " bad" : ""}`}>{state}</span>
            </h2>
            <p>
              <code>{runId}</code>: <WithTimes text={text} />
            </p>
          </li>
        ))}
      </ol>
      {more ? (
        <p class="faint">
          There are older runs. <code>journeys runs {id}</code> lists all.
        </p>
      ) : null}
    </>
  );
}
