/** All journeys: their state and their counts. The first page that a person sees. */
import { useMemo } from "preact/hooks";
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

function NoJourneys() {
  const { mode } = useSession();
  return (
    <Empty title="There is no journey yet">
      <p>
        A journey leads customers through messages and waits, in response to their events. Publish the first one from a
        clone of the repository:
      </p>
      <pre>npm run -s journeys -- publish examples/abandoned-cart</pre>
      {mode === "embedded" ? (
        <p>
          Or <a href="/playground">reset the playground</a> to get the examples back.
        </p>
      ) : null}
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
          {shown.length === rows.length ? `${rows.length} journeys` : `${shown.length} of ${rows.length} journeys`}
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
