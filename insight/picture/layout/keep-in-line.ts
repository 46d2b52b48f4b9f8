/**
 * Makes each run of cells a straight line while all cells keep their minimum distances.
 *
 * Pushing all cells to the right as far as needed gives one valid layout, pushing them to the left gives another. The
 * average of two valid layouts is also valid.
 */
import type { Cell } from "./cells.ts";

type Run = readonly Cell[];
type Rows = readonly (readonly Cell[])[];
type Distance = (left: Cell, right: Cell) => number;

export function keepInLine(runs: readonly Run[], rows: Rows, distance: Distance): void {
  const ordered = leftToRight(runs, rows);
  const runOf = new Map(ordered.flatMap((run) => run.map((cell) => [cell, run])));
  const wished = new Map(ordered.map((run) => [run, run.reduce((sum, { x }) => sum + x, 0) / run.length]));

  const push = (inOrder: readonly Run[], side: -1 | 1): Map<Run, number> => {
    const places = new Map<Run, number>();
    for (const run of inOrder) {
      let x = wished.get(run) ?? 0;
      for (const cell of run) {
        const neighbor = rows[cell.row]?.[cell.place - side];
        const pushed = neighbor && places.get(runOf.get(neighbor) ?? []);
        if (neighbor && pushed !== undefined) x = side * Math.max(side * x, side * pushed + distance(neighbor, cell));
      }
      places.set(run, x);
    }
    return places;
  };

  const [right, left] = [push(ordered, 1), push(ordered.toReversed(), -1)];
  for (const run of ordered) for (const cell of run) cell.x = ((right.get(run) ?? 0) + (left.get(run) ?? 0)) / 2;
}

/**
 * The runs in an order in which each run comes after all runs to its left. Runs that are both left and right of each
 * other cannot all be straight: the longest of them is split.
 */
function leftToRight(runs: readonly Run[], rows: Rows): Run[] {
  const waiting = new Set(runs);
  const placed = new Set<Cell>();
  const ordered: Run[] = [];
  const free = (run: Run) =>
    run.every(({ row, place }) => {
      const left = rows[row]?.[place - 1];
      return !left || placed.has(left);
    });
  while (waiting.size > 0) {
    let moved = false;
    for (const run of waiting) {
      if (!free(run)) continue;
      waiting.delete(run);
      ordered.push(run);
      for (const cell of run) placed.add(cell);
      moved = true;
    }
    if (moved) continue;
    const longest = [...waiting].reduce((a, b) => (b.length > a.length ? b : a));
    waiting.delete(longest);
    for (const cell of longest) waiting.add([cell]);
  }
  return ordered;
}
