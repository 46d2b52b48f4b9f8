/**
 * Bars: the horizontal parts of lines, between two rows.
 *
 * All lines that leave one box share a bar, and so do all lines that reach one box. Bars that overlap get different
 * tracks. The order of the tracks minimizes crossings and prevents vertical lines from covering each other.
 */
import type { Cell, Fabric, Strand } from "./cells.ts";

/** The owner of a bar: the box that its lines leave or reach, or the single strand that moves sideways on it. */
export type Owner = Cell | Strand;

export interface Bar {
  /** The x positions of the lines that meet the bar from above, and of the lines that continue below. */
  readonly up: number[];
  readonly down: number[];
  track: number;
}

/** The bars below each row. */
export type Bars = readonly ReadonlyMap<Owner, Bar>[];

export const TRACK = 12;
const NEAR = 5;

export function barsOf({ rows, strands }: Fabric): Bars {
  const bars = rows.map(() => new Map<Owner, Bar>());
  const add = (row: number, owner: Owner, up: readonly Cell[], down: readonly Cell[]) => {
    const bar = bars[row]?.get(owner) ?? { up: [], down: [], track: 0 };
    bar.up.push(...up.map(({ x }) => x));
    bar.down.push(...down.map(({ x }) => x));
    bars[row]?.set(owner, bar);
  };
  for (const strand of strands) {
    for (const [upper, lower] of pairs(strand.cells)) add(upper.row, ownerOf(strand, upper, lower), [upper], [lower]);
    for (const [lower, upper] of pairs(strand.lane)) add(upper.row, strand, [upper], [lower]);
    const [label, bottom, top] = [strand.cells.at(-1), strand.lane[0], strand.lane.at(-1)];
    if (!label || !bottom || !top) continue;
    add(label.row, strand, [label, bottom], []);
    add(strand.target.row - 1, strand.target, [], [top, strand.target]);
  }
  for (const row of bars) setTracks([...row.values()].filter((bar) => lengthOf(bar) > 1));
  return bars;
}

export function ownerOf(strand: Strand, upper: Cell, lower: Cell): Owner {
  if (upper === strand.cells[0]) return upper;
  return lower === strand.target ? lower : strand;
}

export function pairs<T>(list: readonly T[]): (readonly [T, T])[] {
  return list.slice(1).map((item, index) => [list[index] as T, item]);
}

export const lengthOf = (bar: Bar): number => rightOf(bar) - leftOf(bar);
const leftOf = ({ up, down }: Bar) => Math.min(...up, ...down);
const rightOf = ({ up, down }: Bar) => Math.max(...up, ...down);
const overlap = (a: Bar, b: Bar) => leftOf(a) < rightOf(b) + 2 * NEAR && leftOf(b) < rightOf(a) + 2 * NEAR;

function setTracks(bars: Bar[]): void {
  const order = bars.sort((a, b) => leftOf(a) - leftOf(b));
  for (let changed = true, rounds = 0; changed && rounds < order.length; rounds++) {
    changed = false;
    for (let index = 1; index < order.length; index++) {
      const [upper, lower] = [order[index - 1] as Bar, order[index] as Bar];
      if (cost(lower, upper) >= cost(upper, lower)) continue;
      [order[index - 1], order[index]] = [lower, upper];
      changed = true;
    }
  }
  for (const [index, bar] of order.entries())
    bar.track =
      Math.max(
        -1,
        ...order
          .slice(0, index)
          .filter((before) => overlap(before, bar))
          .map(({ track }) => track),
      ) + 1;
}

/** The cost of putting one bar above the other: crossings, and much more for lines that would cover each other. */
function cost(upper: Bar, lower: Bar): number {
  const inside = (bar: Bar, x: number) => x > leftOf(bar) - NEAR && x < rightOf(bar) + NEAR;
  const crossings = upper.down.filter((x) => inside(lower, x)).length + lower.up.filter((x) => inside(upper, x)).length;
  const covered = upper.down.filter((x) => lower.up.some((other) => Math.abs(x - other) < NEAR)).length;
  return crossings + 100 * covered;
}
