/**
 * Runs: cells that should form one straight line, because each is connected only to the next. Two lines that cross
 * cannot both be straight; the line between boxes has priority.
 */
import type { Cell } from "./cells.ts";

type Link = readonly [upper: Cell, lower: Cell];

export function runsOf(rows: readonly (readonly Cell[])[]): Cell[][] {
  const joined = new Map(rows.flatMap(straightLinks));
  const continued = new Set(joined.values());
  const begins = rows.flat().filter((cell) => !continued.has(cell));
  return begins.map((begin) => {
    const run = [begin];
    for (let below = joined.get(begin); below; below = joined.get(below)) run.push(below);
    return run;
  });
}

/** The links below a row that can all be straight at once. */
function straightLinks(row: readonly Cell[]): Link[] {
  const links = row.flatMap((upper) =>
    upper.below.flatMap((lower): Link[] =>
      upper.below.length === 1 && lower.above.length === 1 ? [[upper, lower]] : [],
    ),
  );
  const taken: Link[] = [];
  for (const link of links.sort((a, b) => widthOf(b) - widthOf(a)))
    if (!taken.some((other) => cross(link, other))) taken.push(link);
  return taken;
}

const widthOf = ([upper, lower]: Link) => upper.width + lower.width;
const cross = (a: Link, b: Link) => (a[0].place - b[0].place) * (a[1].place - b[1].place) < 0;
