/**
 * The goals of the last days as a plot, with a table that says the same. On a deployed stack, the plot is loaded only
 * when a person asks for it, because the server must read the customers table.
 */
import { useState } from "preact/hooks";
import type { GoalDay } from "../../../insight/funnel/goals-by-day.ts";
import { count } from "../../../insight/words/count.ts";
import type { GoalDaysAnswer } from "../../api/journeys.ts";
import { numberText } from "../parts/numbers.ts";
import { Loading, Problem } from "../parts/states.tsx";
import { useSession } from "../session/session.ts";
import { useAnswer } from "../session/use-answer.ts";

interface Props {
  readonly id: string;
  readonly goals: readonly string[];
}

export function GoalsOverTime({ id, goals }: Props) {
  const { mode } = useSession();
  const [wanted, setWanted] = useState(mode === "embedded");
  return (
    <section class="card-like over-time" aria-label="By day">
      <h2>By day</h2>
      {wanted ? (
        <Plots id={id} goals={goals} />
      ) : (
        <>
          <p>
            Counters have no days. The console can count the last 30 days from the customers table: it reads at most
            100,000 items, for about a cent.
          </p>
          <button type="button" onClick={() => setWanted(true)}>
            Count by day
          </button>
        </>
      )}
    </section>
  );
}

function Plots({ id, goals }: Props) {
  const { answer, error } = useAnswer("goal-days", { id }, "once");
  if (!answer)
    return error ? (
      <Problem title="The days could not be counted" error={error} />
    ) : (
      <Loading what="the last 30 days from the customers table" />
    );
  return (
    <>
      <p class="faint">{source(answer)}</p>
      {goals.map((goalId) => (
        <Plot key={goalId} goalId={goalId} days={answer.days} />
      ))}
    </>
  );
}

function source({ items, more }: GoalDaysAnswer): string {
  const read = more
    ? `Only the first ${numberText(items)} items of the customers table were read, so these numbers are those of a part of the customers. `
    : "";
  return `${read}Days are those of UTC. Customers who were erased do not count.`;
}

const HEIGHT = 96;
const WIDTH = 20;

function Plot({ goalId, days }: { goalId: string; days: readonly GoalDay[] }) {
  const reached = ({ goals }: GoalDay) => (Object.hasOwn(goals, goalId) ? (goals[goalId] ?? 0) : 0);
  const most = Math.max(1, ...days.map((day) => Math.max(day.entered, reached(day))));
  const total = days.reduce((sum, day) => sum + reached(day), 0);
  const bar = (kind: "entered" | "reached", value: number, place: number) => (
    <rect
      class={kind}
      x={place * WIDTH + (kind === "entered" ? 1 : 5)}
      width={WIDTH - (kind === "entered" ? 2 : 10)}
      y={HEIGHT - (value / most) * HEIGHT}
      height={(value / most) * HEIGHT}
    />
  );
  return (
    <figure class="days">
      <figcaption>
        <b>{goalId}</b>: {numberText(total)} in {count(days.length, "day")}
        <span class="key">reached</span>
        <span class="key entered">entered</span>
      </figcaption>
      <p class="faint axis">{numberText(most)}</p>
      <svg viewBox={`0 0 ${days.length * WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {days.map((day, place) => (
          <g key={day.day}>
            <title>{`${day.day}: ${reached(day)} reached it, ${day.entered} entered`}</title>
            {bar("entered", day.entered, place)}
            {bar("reached", reached(day), place)}
          </g>
        ))}
      </svg>
      <p class="faint axis">
        <span>{days[0]?.day}</span>
        <span>{days.at(-1)?.day}</span>
      </p>
      <Table goalId={goalId} days={days.filter((day) => day.entered + reached(day) > 0)} reached={reached} />
    </figure>
  );
}

interface TableProps {
  readonly goalId: string;
  readonly days: readonly GoalDay[];
  readonly reached: (day: GoalDay) => number;
}

function Table({ goalId, days, reached }: TableProps) {
  if (days.length === 0) return <p>No customer entered or reached it on these days.</p>;
  return (
    <details>
      <summary>{goalId} as a table</summary>
      <table class="rows narrow">
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col" class="number">
              Reached
            </th>
            <th scope="col" class="number">
              Entered
            </th>
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={day.day}>
              <th scope="row">{day.day}</th>
              <td class="number">{numberText(reached(day))}</td>
              <td class="number">{numberText(day.entered)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
