/** The columns of the list of journeys: heading, cell, and order. */
import type { ComponentChildren } from "preact";
import type { JourneyRow } from "../../api/journeys.ts";
import { numberText, percentText } from "../parts/numbers.ts";
import { pathTo } from "../session/path.ts";
import { compared } from "./compared.ts";

export type SortKey = "name" | "status" | "inside" | "entered" | "completed" | "goals" | "trouble";

interface Column {
  readonly key: SortKey;
  readonly head: string;
  readonly about: string;
  readonly number?: true;
  readonly cell: (row: JourneyRow) => ComponentChildren;
  readonly order: (row: JourneyRow) => string | number;
}

export const columns: readonly Column[] = [
  {
    key: "name",
    head: "Journey",
    about: "Sort by name",
    cell: ({ journeyId, name, version }) => (
      <>
        <a href={pathTo("journeys", journeyId)}>{name === "" ? journeyId : name}</a>
        <span class="faint sub">
          {journeyId}
          {version > 0 ? ` · v${version}` : ""}
        </span>
      </>
    ),
    order: ({ name, journeyId }) => (name === "" ? journeyId : name),
  },
  {
    key: "status",
    head: "Status",
    about: "Sort by status",
    cell: ({ status, "breaker-open": isOpen }) => (
      <>
        <span class={`status ${status}`}>{status}</span>
        {isOpen ? <span class="badge bad">circuit breaker open</span> : null}
      </>
    ),
    order: ({ status }) => status,
  },
  {
    key: "inside",
    head: "Inside",
    about: "Customers who are inside now",
    number: true,
    cell: ({ inside }) => numberText(inside),
    order: ({ inside }) => inside,
  },
  {
    key: "entered",
    head: "Entered",
    about: "Entries since the journey began",
    number: true,
    cell: ({ entered }) => numberText(entered),
    order: ({ entered }) => entered,
  },
  {
    key: "completed",
    head: "Completed",
    about: "Customers who reached an end of the journey",
    number: true,
    cell: ({ completed }) => numberText(completed),
    order: ({ completed }) => completed,
  },
  {
    key: "goals",
    head: "Goals",
    about: "Customers who reached a goal, and their share of those who entered",
    number: true,
    cell: ({ goals }) =>
      goals.length === 0 ? (
        <span class="faint">no goal</span>
      ) : (
        goals.map(({ goalId, reached, conversion }) => (
          <span key={goalId} class="goal">
            {goalId} <b>{numberText(reached)}</b>
            {conversion === undefined ? "" : ` · ${percentText(conversion)}`}
          </span>
        ))
      ),
    order: ({ goals }) => goals.reduce((sum, { reached }) => sum + reached, 0),
  },
  {
    key: "trouble",
    head: "Last save",
    about: "The outcome of the last save, and enrollments that failed",
    cell: (row) => (
      <>
        <span class={row.edit === "published" || row.edit === "draft" ? "faint" : "bad-text"}>{editText(row)}</span>
        {row.failed > 0 ? <span class="badge bad">{numberText(row.failed)} failed</span> : null}
      </>
    ),
    order: ({ edit, failed, problems }) => (edit === "rejected" ? 1_000_000 + problems : failed),
  },
];

function editText({ edit, problems }: JourneyRow): string {
  return edit === "rejected" ? `rejected: ${problems} problem${problems === 1 ? "" : "s"}` : edit;
}

/** Rows that are equal in the column stand by their ids. */
export function sorted(rows: readonly JourneyRow[], key: SortKey, down: boolean): JourneyRow[] {
  const order = (columns.find((column) => column.key === key) ?? columns[0])?.order ?? (({ name }) => name);
  const direction = down ? -1 : 1;
  return rows.toSorted((a, b) => direction * compared(order(a), order(b)) || compared(a.journeyId, b.journeyId));
}
