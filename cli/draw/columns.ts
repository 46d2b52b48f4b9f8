/**
 * Where in its row each cell stands: as near as the order allows to what it is joined with, so that fans are
 * symmetric and lines straight.
 *
 * Each row is solved exactly (least squares under "keep your distance", by pooling neighbours that push each other),
 * rows after one another until it settles. In the end each run of cells that should form one straight line is
 * brought in line where there is room.
 */
import type { Cell, Fabric } from "./cells.ts";

const ROUNDS = 40;
const BOX_GAP = 32;
const GAP = 20;
const STRAIGHT = 6;
const TOUCH = 0.2;

/** How far the middles of two neighbours stand apart at least. */
export function distance(left: Cell, right: Cell): number {
  const boxes = left.row % 2 === 0 && left.width > 0 && right.width > 0;
  const gap = boxes ? BOX_GAP : GAP;
  return (left.width + right.width) / 2 + gap;
}

export function setColumns({ rows, strands }: Fabric): void {
  const wishes = new Map<Cell, [Cell, number][]>();
  const pull = (a: Cell, b: Cell, force: number) => {
    wishes.set(a, [...(wishes.get(a) ?? []), [b, force]]);
    wishes.set(b, [...(wishes.get(b) ?? []), [a, force]]);
  };
  const all = rows.flat();
  for (const cell of all) for (const below of cell.below) pull(cell, below, alone(cell, below) ? STRAIGHT : 1);
  for (const { cells, target, lane } of strands) {
    const [bottom, label, top] = [lane[0], cells.at(-1), lane.at(-1)];
    if (bottom && label && top) {
      pull(bottom, label, TOUCH);
      pull(top, target, TOUCH);
    }
  }
  for (const row of rows) settle(row, () => []);
  const runs = runsOf(all);
  for (let round = 0; round < ROUNDS; round++) {
    for (const row of round % 2 === 0 ? rows : rows.toReversed()) settle(row, (cell) => wishes.get(cell) ?? []);
    for (const run of runs) straighten(run, rows);
  }
}

const alone = (upper: Cell, lower: Cell) => upper.below.length === 1 && lower.above.length === 1;

interface Pool {
  /** Wished for, less the distances from the start of the row. */
  at: number;
  force: number;
  size: number;
}

function settle(row: readonly Cell[], wishesOf: (cell: Cell) => readonly (readonly [Cell, number])[]): void {
  const offsets: number[] = [];
  const pools: Pool[] = [];
  for (const [place, cell] of row.entries()) {
    const left = row[place - 1];
    offsets.push(left ? (offsets[place - 1] ?? 0) + distance(left, cell) : 0);
    const wishes = wishesOf(cell);
    const force = wishes.reduce((sum, [, force]) => sum + force, 0);
    const wished = force === 0 ? cell.x : wishes.reduce((sum, [{ x }, force]) => sum + x * force, 0) / force;
    let pool: Pool = { at: wished - (offsets[place] ?? 0), force: force || TOUCH, size: 1 };
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

/** Cells below one another with nothing else to be joined with: they should form one straight line. */
function runsOf(cells: readonly Cell[]): Cell[][] {
  const begins = cells.filter(({ above: [upper, ...more] }) => !upper || more.length > 0 || upper.below.length > 1);
  return begins.map((begin) => {
    const run = [begin];
    for (let cell = begin, [below] = cell.below; below && alone(cell, below); cell = below, [below] = cell.below)
      run.push(below);
    return run;
  });
}

function straighten(run: readonly Cell[], rows: readonly (readonly Cell[])[]): void {
  let [least, most] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const cell of run) {
    const [left, right] = [rows[cell.row]?.[cell.place - 1], rows[cell.row]?.[cell.place + 1]];
    if (left) least = Math.max(least, left.x + distance(left, cell));
    if (right) most = Math.min(most, right.x - distance(cell, right));
  }
  if (least > most) return;
  const mean = run.reduce((sum, { x }) => sum + x, 0) / run.length;
  for (const cell of run) cell.x = Math.min(most, Math.max(least, mean));
}
