/**
 * The horizontal pieces of lines, between two rows.
 *
 * Everything that fans out of a box shares one bar, and so does everything that joins above a box. Where bars overlap
 * they lie on tracks above one another, in the order that makes the fewest lines cross and none run over another.
 */
import type { Cell, Fabric, Strand } from "./cells.ts";

/** What a bar belongs to: the box that it fans out of or leads to, or the one strand that only steps aside. */
export type Owner = Cell | Strand;

export interface Bar {
  /** Where lines come from above, and where they go on below. */
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
      if (trouble(lower, upper) >= trouble(upper, lower)) continue;
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

/** What it costs to put the one bar above the other: crossings, and above all lines that would run over each other. */
function trouble(upper: Bar, lower: Bar): number {
  const inside = (bar: Bar, x: number) => x > leftOf(bar) - NEAR && x < rightOf(bar) + NEAR;
  const crossings = upper.down.filter((x) => inside(lower, x)).length + lower.up.filter((x) => inside(upper, x)).length;
  const runOver = upper.down.filter((x) => lower.up.some((other) => Math.abs(x - other) < NEAR)).length;
  return crossings + 100 * runOver;
}
