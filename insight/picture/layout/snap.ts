/** Straightens lines that are bent by a few pixels, when the run of cells has the space to move. */
import type { Cell } from "./cells.ts";

type Run = readonly Cell[];

const NEARLY = 12;
const EXACTLY = 0.2;

export function snap(
  runs: readonly Run[],
  rows: readonly (readonly Cell[])[],
  distance: (left: Cell, right: Cell) => number,
): void {
  const isFree = (run: Run, shift: number) =>
    run.every((cell) => {
      const [left, right] = [rows[cell.row]?.[cell.place - 1], rows[cell.row]?.[cell.place + 1]];
      const x = cell.x + shift;
      return (!left || x - left.x >= distance(left, cell)) && (!right || right.x - x >= distance(cell, right));
    });
  for (const run of runs) {
    const shifts = bends(run);
    if (shifts.some((shift) => Math.abs(shift) < EXACTLY)) continue;
    const shift = shifts.find((shift) => Math.abs(shift) < NEARLY && isFree(run, shift));
    if (shift !== undefined) for (const cell of run) cell.x += shift;
  }
}

/** The horizontal distances of the cells above and below a run from the run. */
function bends(run: Run): number[] {
  const [top, bottom] = [run[0], run.at(-1)];
  return [...(top?.above ?? []), ...(bottom?.below ?? [])].map(({ x }) => x - (top?.x ?? 0));
}
