/** Boxes and labels with their text broken into lines, which gives their sizes. */
import type { Box, Way } from "../diagram/diagram.ts";
import { widthOf, wrap } from "./text.ts";

export interface Sized {
  readonly lines: readonly string[];
  readonly width: number;
  readonly height: number;
}

export type FittedBox = Box & Sized & { readonly shown: Title };

/** A title breaks into two lines and shrinks before it is cut, because titles often differ only in their ends. */
export interface Title {
  readonly lines: readonly string[];
  readonly size: number;
}
export type FittedWay = Way & Sized;

export const BOX_WIDTH = 240;
/** The space left of the text in a box, for the glyph, and the space right of it. */
export const INDENT = 48;
const OUTDENT = 12;
export const SIZES = { over: 10, title: 14, line: 12, label: 11 } as const;
export const LEADING = { line: 16, label: 14, title: 17 } as const;

const HEAD = 48;
const LABEL_WIDTH = 160;
const PILL = { height: 26, padding: 28 };

/**
 * The maximum number of lines of a detail. The trigger gets the most lines, because it has the longest text and occurs
 * only once.
 */
const MOST_LINES = { trigger: 6, watched: 4, component: 3 };

export function fitBox(box: Box, width = BOX_WIDTH): FittedBox {
  const { kind, title, details } = box;
  if (isPill(kind)) {
    const lines = wrap(title, { size: SIZES.label, width: BOX_WIDTH - PILL.padding, most: 3 });
    const width = Math.max(...lines.map((line) => widthOf(line, SIZES.label))) + PILL.padding;
    const height = PILL.height + (lines.length - 1) * LEADING.label;
    return { ...box, shown: { lines, size: SIZES.label }, lines: [], width, height };
  }
  const room = width - INDENT - OUTDENT;
  const most =
    MOST_LINES[
      kind === "trigger" ? kind : kind === "exit" || kind === "goal" || kind === "limits" ? "watched" : "component"
    ];
  const lines = details.flatMap((detail) => wrap(detail, { size: SIZES.line, width: room, most }));
  const shown = fitTitle(title, room);
  const head = HEAD + (shown.lines.length - 1) * LEADING.title;
  return { ...box, shown, lines, width, height: head + lines.length * LEADING.line };
}

/** Boxes without a kind of their own are small and have only a title. */
export function isPill(kind: Box["kind"]): kind is "end" | "missing" | "broken" {
  return kind === "end" || kind === "missing" || kind === "broken";
}

const LEAST_TITLE = 10;

function fitTitle(title: string, width: number): Title {
  for (let size: number = SIZES.title; size > LEAST_TITLE; size--) {
    const lines = wrap(title, { size, width, most: 2, bold: true });
    if (lines.join("").replaceAll(" ", "") === title.replaceAll(/\s/g, "")) return { lines, size };
  }
  return { lines: wrap(title, { size: LEAST_TITLE, width, most: 3, bold: true }), size: LEAST_TITLE };
}

/** A way without a label has size 0. */
export function fitWay(way: Way): FittedWay {
  if (way.label === "") return { ...way, lines: [], width: 0, height: 0 };
  const lines = wrap(way.label, { size: SIZES.label, width: LABEL_WIDTH, most: 3 });
  const width = Math.max(...lines.map((line) => widthOf(line, SIZES.label))) + 14;
  return { ...way, lines, width, height: lines.length * LEADING.label + 6 };
}
