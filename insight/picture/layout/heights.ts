/** The y positions of the rows and of the bars between them. */
import { type Bars, lengthOf, type Owner, TRACK } from "./bars.ts";
import type { Cell } from "./cells.ts";

/** The space below and above boxes and labels, and so around the bars between them. */
const BELOW = { box: 14, label: 8 };
const ABOVE = { box: 22, label: 10 };

export class Heights {
  /** The height of the whole layout. */
  readonly total: number = 0;
  private readonly tops: number[] = [];
  private readonly firstTracks: number[] = [];
  private readonly bars: Bars;

  constructor(rows: readonly (readonly Cell[])[], bars: Bars) {
    this.bars = bars;
    for (const [index, row] of rows.entries()) {
      const height = Math.max(...row.map(({ height }) => height));
      const [here, next] = index % 2 === 0 ? (["box", "label"] as const) : (["label", "box"] as const);
      const tracks = tracksOf(bars[index]);
      // A label row without labels and bars needs no space: only straight lines pass through it.
      const below = here === "label" && height === 0 && tracks === 0 ? 0 : BELOW[here];
      this.tops.push(this.total);
      this.firstTracks.push(this.total + height + below);
      const spread = Math.max(0, tracks - 1) * TRACK;
      // Below the last row there is space only for the turn of a loop.
      const gap = index < rows.length - 1 ? below + spread + ABOVE[next] : tracks > 0 ? below + spread : 0;
      this.total += height + gap;
    }
  }

  topOf({ row }: Cell): number {
    return this.tops[row] ?? 0;
  }

  bottomOf(cell: Cell): number {
    return this.topOf(cell) + cell.height;
  }

  middleOf(cell: Cell): number {
    return this.topOf(cell) + cell.height / 2;
  }

  barBelow(row: number, owner: Owner): number {
    return (this.firstTracks[row] ?? 0) + (this.bars[row]?.get(owner)?.track ?? 0) * TRACK;
  }
}

function tracksOf(bars: Bars[number] = new Map()): number {
  return Math.max(0, ...[...bars.values()].map((bar) => (lengthOf(bar) > 1 ? bar.track + 1 : 0)));
}
