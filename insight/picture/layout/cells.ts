/**
 * The rows of a picture and what stands in them, before anybody knows where.
 *
 * Boxes stand in even rows and labels in odd ones, so that every way out of a box has a place of its own right below
 * it. A way that leads further down passes through the rows between in cells without a size. A way that leads back
 * (a loop) goes down to its label and then up in a lane of such cells, which `lanes.ts` puts where it crosses least.
 */
import type { FittedBox, FittedWay } from "./fitted.ts";
import { rowsOf } from "./rows.ts";

export interface Cell {
  readonly row: number;
  readonly width: number;
  readonly height: number;
  /** Where it stands in its row, from the left. */
  place: number;
  /** Its middle. */
  x: number;
  /** The cells right above and below that it is joined with. */
  readonly above: Cell[];
  readonly below: Cell[];
}

/** A way through the rows: from its box over its label to the next box or, when it leads back, to its lane. */
export interface Strand {
  readonly way: FittedWay;
  readonly cells: readonly Cell[];
  readonly target: Cell;
  readonly leadsBack: boolean;
  /** From the bottom to the top; empty unless it leads back. */
  lane: readonly Cell[];
}

export interface Fabric {
  readonly rows: Cell[][];
  readonly boxes: ReadonlyMap<string, Cell>;
  readonly strands: readonly Strand[];
}

export function newCell(row: number, { width, height }: { width: number; height: number }): Cell {
  return { row, width, height, place: 0, x: 0, above: [], below: [] };
}

export const join = (upper: Cell, lower: Cell): void => {
  upper.below.push(lower);
  lower.above.push(upper);
};

const NOTHING = { width: 0, height: 0 };

/** Puts everything into rows in the order in which somebody following the branches, one after another, meets it. */
export function weave(boxes: readonly FittedBox[], ways: readonly FittedWay[]): Fabric {
  const { rowOf, back, starts } = rowsOf(
    boxes.map(({ id }) => id),
    ways,
  );
  const cells = new Map(boxes.map((box) => [box.id, newCell(rowOf.get(box.id) ?? 0, box)]));
  const rows: Cell[][] = [];
  const strands: Strand[] = [];
  const met = new Set<string>();
  const put = (cell: Cell): Cell => {
    while (rows.length <= cell.row) rows.push([]);
    const row = rows[cell.row] as Cell[];
    cell.place = row.length;
    row.push(cell);
    return cell;
  };

  const follow = (id: string): void => {
    const box = cells.get(id);
    if (!box || met.has(id)) return;
    met.add(id);
    put(box);
    for (const way of ways) {
      const target = cells.get(way.to);
      if (way.from !== id || !target) continue;
      const leadsBack = back.has(way);
      const passed = [box, put(newCell(box.row + 1, way))];
      for (let row = box.row + 2; row < target.row && !leadsBack; row++) passed.push(put(newCell(row, NOTHING)));
      if (!leadsBack) passed.push(target);
      for (const [index, cell] of passed.entries()) if (index > 0) join(passed[index - 1] as Cell, cell);
      strands.push({ way, cells: passed, target, leadsBack, lane: [] });
      follow(way.to);
    }
  };
  for (const id of starts) follow(id);
  return { rows, boxes: cells, strands };
}
