/** The positions of boxes, labels and lines: a layered layout from top to bottom, with lines at right angles. */

import type { Diagram, Way } from "../diagram/diagram.ts";
import { barsOf, ownerOf, pairs } from "./bars.ts";
import { type Cell, type Strand, weave } from "./cells.ts";
import { setColumns } from "./columns.ts";
import { type FittedBox, type FittedWay, fitBox, fitWay } from "./fitted.ts";
import { Heights } from "./heights.ts";
import { addLanes } from "./lanes.ts";
import { untangle } from "./untangle.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Something with the position of its center. */
export type Placed<T> = T & Point;

export interface Line {
  readonly way: Way;
  readonly points: readonly Point[];
  /** A point on the upward part of a loop, where an arrow shows the direction. */
  readonly back?: Point;
  readonly pale?: boolean;
}

export interface Layout {
  readonly boxes: readonly Placed<FittedBox>[];
  readonly labels: readonly Placed<FittedWay>[];
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
}

export function layout(diagram: Diagram): Layout {
  const fitted = diagram.boxes.map((box) => fitBox(box));
  const fabric = weave(fitted, diagram.ways.map(fitWay));
  const { rows, boxes, strands } = fabric;
  untangle(rows);
  addLanes(fabric);
  setColumns(fabric);
  const all = rows.flat();
  const left = Math.min(...all.map(({ x, width }) => x - width / 2));
  for (const cell of all) cell.x -= left;
  const heights = new Heights(rows, barsOf(fabric));
  const middle = (cell: Cell): Point => ({ x: cell.x, y: heights.middleOf(cell) });
  return {
    boxes: fitted.flatMap((box) => {
      const cell = boxes.get(box.id);
      return cell ? [{ ...box, ...middle(cell) }] : [];
    }),
    labels: strands.flatMap(({ way, cells: [, cell] }) =>
      cell && way.label !== "" ? [{ ...way, ...middle(cell) }] : [],
    ),
    lines: strands.map((strand) => lineOf(strand, heights)),
    width: Math.max(...all.map(({ x, width }) => x + width / 2)),
    height: heights.total,
  };
}

function lineOf(strand: Strand, heights: Heights): Line {
  const { cells, lane, target } = strand;
  const points: Point[] = [];
  const across = (from: Cell, to: Cell, y: number) => points.push({ x: from.x, y }, { x: to.x, y });
  const [source] = cells;
  if (source) points.push({ x: source.x, y: heights.bottomOf(source) });
  for (const [upper, lower] of pairs(cells))
    across(upper, lower, heights.barBelow(upper.row, ownerOf(strand, upper, lower)));
  const [label, bottom, top] = [cells.at(-1), lane[0], lane.at(-1)];
  if (label && bottom && top) {
    across(label, bottom, heights.barBelow(label.row, strand));
    for (const [lower, upper] of pairs(lane)) across(lower, upper, heights.barBelow(upper.row, strand));
    across(top, target, heights.barBelow(target.row - 1, target));
  }
  points.push({ x: target.x, y: heights.topOf(target) });
  const halfway = lane[lane.length >> 1];
  return {
    way: strand.way,
    points,
    ...(strand.way.pale && { pale: true }),
    ...(halfway && { back: { x: halfway.x, y: heights.topOf(halfway) } }),
  };
}
