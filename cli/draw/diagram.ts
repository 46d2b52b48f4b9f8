/** What the picture of a journey shows, in its words and sizes; where it all goes is up to `layout.ts`. */
import type { Journey } from "../../lambdas/domain/journey.ts";
import { outlets } from "../../lambdas/domain/outlets.ts";
import { branchLabel, caption, kindNames, triggerText } from "./captions.ts";
import type { Kind } from "./kinds.ts";
import { widthOf, wrap } from "./text.ts";

export interface Box {
  readonly id: string;
  readonly kind: Kind | "end";
  /** The kind in words. */
  readonly over: string;
  readonly title: string;
  readonly lines: readonly string[];
  /** All of it, uncut, for who hovers or listens. */
  readonly full: string;
  readonly width: number;
  readonly height: number;
}

export interface Way {
  readonly from: string;
  readonly to: string;
  readonly label: readonly string[];
  readonly full: string;
  readonly width: number;
  readonly height: number;
}

export interface Diagram {
  readonly boxes: readonly Box[];
  readonly ways: readonly Way[];
}

export const BOX_WIDTH = 240;
/** Where text starts in a box, right of its glyph, and what is kept free after it. */
export const INDENT = 48;
const OUTDENT = 12;
export const SIZES = { over: 10, title: 14, line: 12, label: 11 } as const;
export const LEADING = { line: 16, label: 14 } as const;
const LABEL_WIDTH = 160;

export function diagramOf(journey: Journey): Diagram {
  const [event = "", ...rest] = triggerText(journey);
  const boxes = [boxOf({ id: "~trigger", kind: "trigger", over: "Trigger", title: event, details: rest, most: 6 })];
  const ways: Way[] = [];
  if (Object.hasOwn(journey.components, journey.start)) ways.push(wayOf("~trigger", journey.start, ""));
  for (const [id, component] of Object.entries(journey.components)) {
    const over = kindNames[component.type];
    boxes.push(boxOf({ id, kind: component.type, over, title: id, details: [caption(component)], most: 3 }));
    for (const [index, outlet] of outlets(component).entries()) {
      const label = branchLabel(component, index, outlet.label);
      if (outlet.to === undefined) {
        const end = `~end ${id} ${index}`;
        boxes.push({ id: end, kind: "end", over: "", title: "End", lines: [], full: "The journey ends here", width: 52, height: 26 });
        ways.push(wayOf(id, end, label));
      } else if (Object.hasOwn(journey.components, outlet.to)) ways.push(wayOf(id, outlet.to, label));
    }
  }
  return { boxes, ways };
}

interface Words {
  readonly id: string;
  readonly kind: Kind;
  readonly over: string;
  readonly title: string;
  readonly details: readonly string[];
  /** How many lines each detail may take. */
  readonly most: number;
  readonly width?: number;
}

export function boxOf({ id, kind, over, title, details, most, width = BOX_WIDTH }: Words): Box {
  const room = width - INDENT - OUTDENT;
  const lines = details
    .filter((detail) => detail !== "" && detail !== title)
    .flatMap((detail) => wrap(detail, { size: SIZES.line, width: room, most }));
  const shown = wrap(title, { size: SIZES.title, width: room, most: 1, bold: true })[0] ?? "";
  const full = [over, title, ...details].filter(Boolean).join(": ");
  return { id, kind, over, title: shown, lines, full, width, height: 48 + lines.length * LEADING.line };
}

function wayOf(from: string, to: string, text: string): Way {
  const label = text === "" ? [] : wrap(text, { size: SIZES.label, width: LABEL_WIDTH, most: 3 });
  const width = label.length === 0 ? 0 : Math.max(...label.map((line) => widthOf(line, SIZES.label))) + 14;
  return { from, to, label, full: text, width, height: label.length === 0 ? 0 : label.length * LEADING.label + 6 };
}
