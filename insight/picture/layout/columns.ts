/**
 * The x positions of cells: each cell is as near to its connected cells as the order of the row allows, so that
 * branches are symmetric and lines are straight.
 *
 * Each row is solved exactly: least squares with minimum distances, by pooling neighbors that touch (isotonic
 * regression). Rows are solved one after another, down and up, for a fixed number of rounds. At the end, lines that
 * should be straight are made straight.
 */
import type { Cell, Fabric } from "./cells.ts";
import { keepInLine } from "./keep-in-line.ts";
import { runsOf } from "./runs.ts";
import { snap } from "./snap.ts";

const BOX_GAP = 32;
const GAP = 20;

const ROUNDS = 60;

/** How strongly connected cells attract each other: on a straight line, on other lines, and at the ends of a loop. */
const STRAIGHT = 6;
const JOINED = 1;
const LOOP = 0.2;

/** The minimum distance between the centers of two neighbors. */
export function distance(left: Cell, right: Cell): number {
  const boxes = left.row % 2 === 0 && left.width > 0 && right.width > 0;
  return (left.width + right.width) / 2 + (boxes ? BOX_GAP : GAP);
}

export function setColumns({ rows, strands }: Fabric): void {
  const runs = runsOf(rows);
  const wishes = new Map<Cell, [Cell, number][]>();
  const draw = (a: Cell, b: Cell, force: number) => {
    wishes.set(a, [...(wishes.get(a) ?? []), [b, force]]);
    wishes.set(b, [...(wishes.get(b) ?? []), [a, force]]);
  };
  const runOf = new Map(runs.flatMap((run) => run.map((cell) => [cell, run])));
  for (const cell of rows.flat())
    for (const below of cell.below) draw(cell, below, runOf.get(cell) === runOf.get(below) ? STRAIGHT : JOINED);
  for (const { cells, target, lane } of strands) {
    const [bottom, label, top] = [lane[0], cells.at(-1), lane.at(-1)];
    if (!bottom || !label || !top) continue;
    draw(bottom, label, LOOP);
    draw(top, target, LOOP);
  }

  for (let round = 0; round < ROUNDS; round++) {
    for (const row of round % 2 === 0 ? rows : rows.toReversed()) settle(row, (cell) => wishes.get(cell) ?? []);
    for (const run of runs) lineUp(run);
  }
  keepInLine(runs, rows, distance);
  snap(runs, rows, distance);
}

function lineUp(run: readonly Cell[]): void {
  const mean = run.reduce((sum, { x }) => sum + x, 0) / run.length;
  for (const cell of run) cell.x = mean;
}

interface Pool {
  /** The wished position, minus the minimum distances from the start of the row. */
  readonly at: number;
  readonly force: number;
  readonly size: number;
}

/** Gives each cell of a row its wished position (without a wish: its current one), as near as its neighbors allow. */
function settle(row: readonly Cell[], wishesOf: (cell: Cell) => readonly (readonly [Cell, number])[]): void {
  const offsets: number[] = [];
  const pools: Pool[] = [];
  for (const [place, cell] of row.entries()) {
    const left = row[place - 1];
    const offset = left ? (offsets[place - 1] ?? 0) + distance(left, cell) : 0;
    offsets.push(offset);
    const wishes = wishesOf(cell);
    const force = wishes.reduce((sum, [, force]) => sum + force, 0);
    const wished = force === 0 ? cell.x : wishes.reduce((sum, [{ x }, force]) => sum + x * force, 0) / force;
    let pool: Pool = { at: wished - offset, force: force || 1, size: 1 };
    for (let before = pools.at(-1); before && before.at > pool.at; before = pools.at(-1)) {
      pools.pop();
      const force = before.force + pool.force;
      const at = (before.at * before.force + pool.at * pool.force) / force;
      pool = { at, force, size: before.size + pool.size };
    }
    pools.push(pool);
  }
  const places = pools.flatMap(({ at, size }) => Array.from({ length: size }, () => at));
  for (const [place, cell] of row.entries()) cell.x = (places[place] ?? 0) + (offsets[place] ?? 0);
}
