/**
 * Orders the cells of each row so that few lines cross, by the barycenter method: sort by the mean place of the
 * connected cells, down and up alternately, and swap neighbors where that helps. The branches of a component keep the
 * order of the document unless another order has fewer crossings.
 */
import type { Cell } from "./cells.ts";

const ROUNDS = 24;

export function untangle(rows: Cell[][]): void {
  let fewest = crossings(rows);
  let best = rows.map((row) => [...row]);
  for (let round = 0; round < ROUNDS && fewest > 0; round++) {
    sweep(rows, round % 2 === 0 ? "above" : "below");
    swapNeighbors(rows);
    const left = crossings(rows);
    if (left >= fewest) continue;
    fewest = left;
    best = rows.map((row) => [...row]);
  }
  for (const [index, row] of best.entries()) rows[index] = number(row);
}

/** Writes the index of each cell of a row into the cell. */
export function number(row: Cell[]): Cell[] {
  for (const [place, cell] of row.entries()) cell.place = place;
  return row;
}

export function crossings(rows: readonly (readonly Cell[])[]): number {
  let total = 0;
  for (const row of rows) {
    const links = row.flatMap((upper) => upper.below.map((lower) => [upper.place, lower.place] as const));
    for (const [index, [upper, lower]] of links.entries())
      for (const [otherUpper, otherLower] of links.slice(index + 1))
        if ((upper - otherUpper) * (lower - otherLower) < 0) total++;
  }
  return total;
}

function sweep(rows: Cell[][], side: "above" | "below"): void {
  for (const row of side === "above" ? rows : rows.toReversed()) {
    const middle = new Map(row.map((cell) => [cell, middleOf(cell[side], cell.place)]));
    number(row.sort((a, b) => (middle.get(a) ?? 0) - (middle.get(b) ?? 0)));
  }
}

function middleOf(cells: readonly Cell[], otherwise: number): number {
  return cells.length === 0 ? otherwise : cells.reduce((sum, { place }) => sum + place, 0) / cells.length;
}

function swapNeighbors(rows: Cell[][]): void {
  for (const row of rows)
    for (let place = 1; place < row.length; place++) {
      const [left, right] = [row[place - 1] as Cell, row[place] as Cell];
      const between = (a: Cell, b: Cell) => crossed(a.above, b.above) + crossed(a.below, b.below);
      if (between(right, left) >= between(left, right)) continue;
      [row[place - 1], row[place]] = [right, left];
      [left.place, right.place] = [place, place - 1];
    }
}

/** The number of crossings between the lines of a cell and the lines of its right neighbor. */
function crossed(left: readonly Cell[], right: readonly Cell[]): number {
  return left.reduce((sum, { place }) => sum + right.filter((other) => other.place < place).length, 0);
}
