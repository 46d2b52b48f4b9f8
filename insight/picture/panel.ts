/** The exit rules and goals, in a column beside the diagram. */
import type { Box } from "./diagram/diagram.ts";
import { type FittedBox, fitBox } from "./layout/fitted.ts";
import type { Placed } from "./layout/layout.ts";

export const PANEL_WIDTH = 264;
const GAP = 14;

/** The boxes from top to bottom, relative to the upper left corner of the panel, and their total height. */
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
