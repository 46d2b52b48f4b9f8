/** Exits and goals, beside the way and not on it. */
import type { Box } from "./diagram/diagram.ts";
import { type FittedBox, fitBox } from "./layout/fitted.ts";
import type { Placed } from "./layout/layout.ts";

export const PANEL_WIDTH = 264;
const GAP = 14;

/** The boxes below one another, from the panel's left upper corner on, and how high they are together. */
export function panelOf(watched: readonly Box[]): { boxes: Placed<FittedBox>[]; height: number } {
  let y = 0;
  const boxes = watched.map((rule) => {
    const box = fitBox(rule, PANEL_WIDTH);
    const placed = { ...box, x: PANEL_WIDTH / 2, y: y + box.height / 2 };
    y += box.height + GAP;
    return placed;
  });
  return { boxes, height: Math.max(0, y - GAP) };
}
