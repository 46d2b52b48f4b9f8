/** Where everything on the picture of a journey goes: a layered layout, top to bottom, with lines at right angles. */
import { type Bars, barsOf, lengthOf, ownerOf, pairs, TRACK } from "./bars.ts";
import { type Cell, type Fabric, type Strand, weave } from "./cells.ts";
import { setColumns } from "./columns.ts";
import type { Box, Diagram, Way } from "./diagram.ts";
import { addLanes } from "./lanes.ts";
import { untangle } from "./untangle.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Something with its middle. */
export type Placed<T> = T & Point;

export interface Line {
  readonly points: readonly Point[];
  /** Where the lane of a loop runs up, to show its direction. */
  readonly back?: Point;
}

export interface Layout {
  readonly boxes: readonly Placed<Box>[];
  readonly labels: readonly Placed<Way>[];
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
}

/** Room above and below the bars between two rows: below a box, below a label, above a label, above the arrow's box. */
const ROOM = { box: 14, label: 8, beforeLabel: 10, beforeBox: 22 };

export function layout(diagram: Diagram): Layout {
  const fabric = weave(diagram);
  untangle(fabric.rows);
  addLanes(fabric);
  setColumns(fabric);
  const bars = barsOf(fabric);
  const all = fabric.rows.flat();
  const left = Math.min(...all.map(({ x, width }) => x - width / 2));
  for (const cell of all) cell.x -= left;
  const heights = new Heights(fabric, bars);
  const at = (cell: Cell, y: number): Point => ({ x: cell.x, y });
  return {
    boxes: diagram.boxes.flatMap((box) => {
      const cell = fabric.boxes.get(box.id);
      return cell ? [{ ...box, ...at(cell, heights.topOf(cell) + cell.height / 2) }] : [];
    }),
    labels: fabric.strands.flatMap(({ way, cells: [, cell] }) =>
      cell && way.label.length > 0 ? [{ ...way, ...at(cell, heights.topOf(cell) + cell.height / 2) }] : [],
    ),
    lines: fabric.strands.map((strand) => lineOf(strand, heights)),
    width: Math.max(...all.map(({ x, width }) => x + width / 2)),
    height: heights.bottom,
  };
}

function lineOf(strand: Strand, heights: Heights): Line {
  const { cells, lane, target } = strand;
  const points: Point[] = [];
  const across = (from: Cell, to: Cell, y: number) => points.push({ x: from.x, y }, { x: to.x, y });
  const [source] = cells;
  if (source) points.push({ x: source.x, y: heights.topOf(source) + source.height });
  for (const [upper, lower] of pairs(cells)) across(upper, lower, heights.barOf(upper.row, ownerOf(strand, upper, lower)));
  const [label, bottom, top] = [cells.at(-1), lane[0], lane.at(-1)];
  if (label && bottom && top) {
    across(label, bottom, heights.barOf(label.row, strand));
    for (const [lower, upper] of pairs(lane)) across(lower, upper, heights.barOf(upper.row, strand));
    across(top, target, heights.barOf(target.row - 1, target));
  }
  points.push({ x: target.x, y: heights.topOf(target) });
  const middle = lane[lane.length >> 1];
  return { points, ...(middle && { back: { x: middle.x, y: heights.topOf(middle) } }) };
}

/** How far down each row and each bar lies. */
class Heights {
  readonly bottom: number;
  private readonly tops: number[] = [];
  private readonly firstTracks: number[] = [];
  private readonly bars: Bars;

  constructor({ rows }: Fabric, bars: Bars) {
    this.bars = bars;
    let y = 0;
    for (const [index, row] of rows.entries()) {
      this.tops.push(y);
      const height = Math.max(...row.map(({ height }) => height));
      y += height;
      const tracks = Math.max(0, ...[...(bars[index]?.values() ?? [])].map((bar) => (lengthOf(bar) > 1 ? bar.track + 1 : 0)));
      const boxesAbove = index % 2 === 0;
      const plain = tracks === 0 && (boxesAbove || height === 0);
      this.firstTracks.push(y + (boxesAbove ? ROOM.box : ROOM.label));
      if (index < rows.length - 1)
        y += (plain && !boxesAbove ? 0 : boxesAbove ? ROOM.box : ROOM.label) + Math.max(0, tracks - 1) * TRACK + (boxesAbove ? ROOM.beforeLabel : ROOM.beforeBox);
    }
    this.bottom = y;
  }

  topOf({ row }: Cell): number {
    return this.tops[row] ?? 0;
  }

  barOf(row: number, owner: Parameters<Bars[number]["get"]>[0]): number {
    return (this.firstTracks[row] ?? 0) + (this.bars[row]?.get(owner)?.track ?? 0) * TRACK;
  }
}
