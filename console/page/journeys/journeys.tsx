/** All journeys: their state and their counts. The first page that a person sees. */
import { useMemo } from "preact/hooks";
import { count } from "../../../insight/words/count.ts";
import type { JourneyRow } from "../../api/journeys.ts";
import { Empty, Loading, Problem, Stale } from "../parts/states.tsx";
import { go, type Route } from "../session/route.ts";
import { useSession } from "../session/session.ts";
import { useAnswer } from "../session/use-answer.ts";
import { columns, type SortKey, sorted } from "./columns.tsx";

export function Journeys({ route }: { route: Route }) {
  const { answer, error } = useAnswer("journeys", {});
  const { write } = useSession();
  if (!answer)
    return error ? <Problem whole title="The journeys could not be read" error={error} /> : <Loading what="journeys" />;
  return (
    <>
      <div class="heading">
        <h1>Journeys</h1>
        {write ? (
          <a class="button" href="/journeys/~new">
            New journey
          </a>
        ) : null}
      </div>
      <Stale error={error} />
      {answer.journeys.length === 0 ? <NoJourneys /> : <Table rows={answer.journeys} route={route} />}
    </>
  );
}

/** The embedded engine gets its examples from a reset; a deployed stack gets its first journey from a command. */
function NoJourneys() {
  const { mode, name, write } = useSession();
  return (
    <Empty title="There is no journey yet">
      <p>A journey leads customers through messages and waits, in response to their events.</p>
      {write ? (
        <p>
          <a href="/journeys/~new">Draw the first one</a>, or begin with a copy of an example.
        </p>
      ) : null}
      {mode === "embedded" ? (
        <p>
          <a href="/playground">Reset the playground</a> to get the examples back.
        </p>
      ) : (
        <>
          <p>A clone of the repository can publish an example with its templates:</p>
          <pre>npm run -s journeys -- publish examples/abandoned-cart --stack {name}</pre>
        </>
      )}
    </Empty>
  );
}

function Table({ rows, route }: { rows: readonly JourneyRow[]; route: Route }) {
  const query = route.query.get("q") ?? "";
  const sort = (route.query.get("sort") ?? "name") as SortKey;
  const down = route.query.get("down") !== null;
  const shown = useMemo(() => sorted(rows.filter(matches(query)), sort, down), [rows, query, sort, down]);
  const change = (changes: Readonly<Record<string, string | undefined>>) => {
    const next = new URLSearchParams(route.query);
    for (const [name, value] of Object.entries(changes))
      if (value === undefined || value === "") next.delete(name);
      else next.set(name, value);
    go(`/journeys${next.size > 0 ? `?${next}` : ""}`, "replace");
  };
  return (
    <>
      <div class="tools">
        <label class="search">
          <span class="hidden">Search journeys</span>
          <input
            type="search"
            placeholder="Search by name, id or status"
            value={query}
            onInput={({ currentTarget }) => change({ q: currentTarget.value })}
          />
        </label>
        <span class="faint" role="status">
          {shown.length === rows.length
            ? count(rows.length, "journey")
            : `${shown.length} of ${count(rows.length, "journey")}`}
        </span>
      </div>
      {shown.length === 0 ? (
        <Empty title="No journey matches">
          <p>No name, id or status contains “{query}”.</p>
          <button type="button" onClick={() => change({ q: undefined })}>
            Show all journeys
          </button>
        </Empty>
      ) : (
        <div class="scroll" tabIndex={0} role="region" aria-label="Journeys">
          <table class="rows">
            <thead>
              <tr>
                {columns.map(({ key, head, number, about }) => (
                  <th
                    key={key}
                    scope="col"
                    class={number ? "number" : undefined}
                    aria-sort={key === sort ? (down ? "descending" : "ascending") : undefined}
                  >
                    <button
                      type="button"
                      class="sort"
                      title={about}
                      onClick={() =>
                        change({ sort: key, down: key === sort ? (down ? undefined : "1") : number ? "1" : undefined })
                      }
                    >
                      {head}
                      <span aria-hidden="true">{key === sort ? (down ? " ↓" : " ↑") : ""}</span>
                    </button>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => (
                <tr key={row.journeyId}>
                  {columns.map(({ key, number, cell }) =>
                    key === "name" ? (
                      <th key={key} scope="row">
                        {cell(row)}
                      </th>
                    ) : (
                      <td key={key} class={number ? "number" : undefined}>
                        {cell(row)}
                      </td>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

const matches =
  (query: string) =>
  ({ journeyId, name, status }: JourneyRow) =>
    query
      .toLowerCase()
      .split(/\s+/)
      .every((word) => `${journeyId} ${name} ${status}`.toLowerCase().includes(word));
