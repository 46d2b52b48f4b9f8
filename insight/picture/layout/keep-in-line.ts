/**
 * Makes each run of cells one straight line while all keep their distances, moving them as little as is simple.
 *
 * Pushing everything to the right as far as needed gives one good answer, pushing to the left another, and what lies
 * half way between two good answers is good too.
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
        const neighbour = rows[cell.row]?.[cell.place - side];
        const pushed = neighbour && places.get(runOf.get(neighbour) ?? []);
        if (neighbour && pushed !== undefined) x = side * Math.max(side * x, side * pushed + distance(neighbour, cell));
      }
      places.set(run, x);
    }
    return places;
  };

  const [right, left] = [push(ordered, 1), push(ordered.toReversed(), -1)];
  for (const run of ordered) for (const cell of run) cell.x = ((right.get(run) ?? 0) + (left.get(run) ?? 0)) / 2;
}

/** Each run after all that stand left of it. Runs that stand both left and right of each other cannot all be straight. */
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
