/**
 * The rows of a picture and the cells in them, before they have positions.
 *
 * Boxes are in even rows and labels in odd rows, so that each way out of a box has its own place below the box. A way
 * over several rows has a cell of size 0 in each row between. A way that leads back up (a loop) goes down to its label
 * and then up through a lane of cells of size 0; `lanes.ts` places the lane where it crosses the fewest lines.
 */
import type { FittedBox, FittedWay } from "./fitted.ts";
import { rowsOf } from "./rows.ts";

export interface Cell {
  readonly row: number;
  readonly width: number;
  readonly height: number;
  /** The index of the cell in its row, from the left. */
  place: number;
  /** The x position of the center of the cell. */
  x: number;
  /** The connected cells in the rows directly above and below. */
  readonly above: Cell[];
  readonly below: Cell[];
}

/** The cells of one way: from its box over its label to the target or, for a loop, to its lane. */
export interface Strand {
  readonly way: FittedWay;
  readonly cells: readonly Cell[];
  readonly target: Cell;
  readonly leadsBack: boolean;
  /** From the bottom to the top; empty unless the way leads back. */
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

/** Puts all cells into rows, in the order of a depth-first walk through the branches. */
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
