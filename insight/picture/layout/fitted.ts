/** Boxes and labels with their text broken into lines, which gives their sizes. */
import type { Box, Way } from "../diagram/diagram.ts";
import { widthOf, wrap } from "./text.ts";

export interface Sized {
  readonly lines: readonly string[];
  readonly width: number;
  readonly height: number;
}

export type FittedBox = Box & Sized & { readonly shownTitle: string };
export type FittedWay = Way & Sized;

export const BOX_WIDTH = 240;
/** The space left of the text in a box, for the glyph, and the space right of it. */
export const INDENT = 48;
const OUTDENT = 12;
export const SIZES = { over: 10, title: 14, line: 12, label: 11 } as const;
export const LEADING = { line: 16, label: 14 } as const;

const HEAD = 48;
const LABEL_WIDTH = 160;
const PILL = { height: 26, padding: 28 };

/** The maximum number of lines of a detail. The trigger gets the most: it has the longest text, and there is one. */
const MOST_LINES = { trigger: 6, watched: 4, component: 3 };

export function fitBox(box: Box, width = BOX_WIDTH): FittedBox {
  const { kind, title, details } = box;
  if (kind === "end" || kind === "missing") {
    const [shownTitle = ""] = wrap(title, { size: SIZES.label, width: BOX_WIDTH - PILL.padding, most: 1 });
    return {
      ...box,
      shownTitle,
      lines: [],
      width: widthOf(shownTitle, SIZES.label) + PILL.padding,
      height: PILL.height,
    };
  }
  const room = width - INDENT - OUTDENT;
  const most = MOST_LINES[kind === "trigger" ? kind : kind === "exit" || kind === "goal" ? "watched" : "component"];
  const lines = details.flatMap((detail) => wrap(detail, { size: SIZES.line, width: room, most }));
  const [shownTitle = ""] = wrap(title, { size: SIZES.title, width: room, most: 1, bold: true });
  return { ...box, shownTitle, lines, width, height: HEAD + lines.length * LEADING.line };
}

/** A way without a label has size 0. */
export function fitWay(way: Way): FittedWay {
  if (way.label === "") return { ...way, lines: [], width: 0, height: 0 };
  const lines = wrap(way.label, { size: SIZES.label, width: LABEL_WIDTH, most: 3 });
  const width = Math.max(...lines.map((line) => widthOf(line, SIZES.label))) + 14;
  return { ...way, lines, width, height: lines.length * LEADING.label + 6 };
}
