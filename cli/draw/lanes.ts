/**
 * Finds the way back up for each loop: a lane beside the boxes, from below its label to above its target, through
 * the gaps in which it crosses the fewest lines.
 */
import { type Cell, type Fabric, join, newCell, type Strand } from "./cells.ts";
import { number } from "./untangle.ts";

export function addLanes({ rows, strands }: Fabric): void {
  const loops = strands.filter(({ leadsBack }) => leadsBack);
  const height = ({ cells, target }: Strand) => (cells.at(-1)?.row ?? 0) - target.row;
  for (const strand of loops.sort((a, b) => height(a) - height(b))) strand.lane = laneOf(strand, rows);
}

function laneOf({ cells, target }: Strand, rows: Cell[][]): Cell[] {
  const label = cells.at(-1) as Cell;
  const gaps = cheapestGaps(label, target, rows);
  const lane = gaps.map((gap, index) => {
    const cell = newCell(label.row - index, { width: 0, height: 0 });
    const row = rows[cell.row] as Cell[];
    row.splice(gap, 0, cell);
    number(row);
    return cell;
  });
  for (const [index, cell] of lane.entries()) if (index > 0) join(cell, lane[index - 1] as Cell);
  return lane;
}

interface Step {
  readonly cost: number;
  readonly gap: number;
  readonly from?: Step;
}

/** The gap to take in each row, from the label's row up to the target's: the cheapest path, found row by row. */
function cheapestGaps(label: Cell, target: Cell, rows: readonly (readonly Cell[])[]): number[] {
  let steps = gapsOf(rows[label.row]).map((gap): Step => ({ gap, cost: aside(gap, label) }));
  for (let row = label.row - 1; row >= target.row; row--)
    steps = gapsOf(rows[row]).map((gap): Step => {
      const ways = steps.map((from): Step => ({ gap, from, cost: from.cost + passed(rows[row] ?? [], gap, from.gap) }));
      return cheapest(ways);
    });
  const gaps: number[] = [];
  const last = cheapest(steps.map((step) => ({ ...step, cost: step.cost + aside(step.gap, target) })));
  for (let step: Step | undefined = last; step; step = step.from) gaps.unshift(step.gap);
  return gaps;
}

const gapsOf = (row: readonly Cell[] = []): number[] => Array.from({ length: row.length + 1 }, (_, gap) => gap);

const cheapest = (steps: readonly Step[]): Step =>
  steps.reduce((best, step) => (step.cost < best.cost ? step : best), { cost: Number.POSITIVE_INFINITY, gap: 0 });

/** How many cells lie between a gap and a cell of the same row: their lines are crossed on the way aside. */
function aside(gap: number, { place }: Cell): number {
  return gap <= place ? place - gap : gap - place - 1;
}

/** How many lines between two rows pass from one side of the lane to the other. */
function passed(upper: readonly Cell[], gapAbove: number, gapBelow: number): number {
  return upper.reduce(
    (sum, cell) =>
      sum + cell.below.filter((below) => cell.place < gapAbove !== below.place < gapBelow).length,
    0,
  );
}
