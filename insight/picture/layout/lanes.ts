/**
 * Lanes: the upward part of each loop, from below its label to above its target. A lane runs beside the boxes, through
 * the gaps where it crosses the fewest lines.
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

/**
 * Small extra costs, because of otherwise equal lanes, a lane along the outside or with few corners is easier to
 * follow.
 */
const BETWEEN = 0.1;
const CORNER = 0.2;

interface Step {
  readonly cost: number;
  readonly gap: number;
  readonly from?: Step;
}

/** The gap in each row, from the label's row up to the target's: the cheapest path, by dynamic programming. */
function cheapestGaps(label: Cell, target: Cell, rows: readonly (readonly Cell[])[]): number[] {
  let steps = gapsOf(rows[label.row]).map((gap): Step => ({ gap, cost: aside(gap, label) }));
  for (let row = label.row - 1; row >= target.row; row--) {
    const crossed = crossingsOf(rows[row] ?? [], rows[row + 1] ?? []);
    const below = steps;
    steps = gapsOf(rows[row]).map((gap): Step => {
      const from = cheapest(below, ({ gap: lower, cost }) => cost + cornered(crossed(gap, lower)));
      return { gap, from, cost: from.cost + cornered(crossed(gap, from.gap)) + inner(gap, rows[row]) };
    });
  }
  const gaps: number[] = [];
  const last = cheapest(steps, ({ gap, cost }) => cost + aside(gap, target));
  for (let step: Step | undefined = last; step; step = step.from) gaps.unshift(step.gap);
  return gaps;
}

const gapsOf = (row: readonly Cell[] = []): number[] => Array.from({ length: row.length + 1 }, (_, gap) => gap);

function cheapest(steps: readonly Step[], costOf: (step: Step) => number): Step {
  let [best, least] = [steps[0] ?? { gap: 0, cost: 0 }, Number.POSITIVE_INFINITY];
  for (const step of steps) {
    const cost = costOf(step);
    if (cost < least) [best, least] = [step, cost];
  }
  return best;
}

const cornered = (crossed: number): number => (crossed === 0 ? 0 : crossed + CORNER);

function inner(gap: number, row: readonly Cell[] = []): number {
  return gap === 0 || gap === row.length ? 0 : BETWEEN;
}

/** The number of cells between a gap and a cell of the same row: the loop crosses their lines. */
function aside(gap: number, { place }: Cell): number {
  return gap <= place ? place - gap : gap - place - 1;
}

/** The number of lines between two rows that cross a lane, by the gaps of the lane above and below. */
function crossingsOf(upper: readonly Cell[], lower: readonly Cell[]): (above: number, below: number) => number {
  const leftOf = [lower.map(() => 0).concat(0)];
  for (const cell of upper) {
    const before = leftOf.at(-1) ?? [];
    leftOf.push(before.map((lines, gap) => lines + cell.below.filter(({ place }) => place < gap).length));
  }
  const [full, all] = [lower.length, leftOf.at(-1) ?? []];
  return (above, below) => {
    const row = leftOf[above] ?? [];
    return (row[full] ?? 0) + (all[below] ?? 0) - 2 * (row[below] ?? 0);
  };
}
