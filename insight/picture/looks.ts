/** The colors and the glyph of each kind of box, so that a reader recognizes the kind at a glance. */
import type { Kind } from "./diagram/diagram.ts";

interface Look {
  /** The fill of the box. The stroke is also the color of the glyph's disc and of the caption. */
  readonly fill: string;
  readonly stroke: string;
}

/** The look of each kind in light and in dark colors. */
export const looks: Record<Kind, { readonly light: Look; readonly dark: Look }> = {
  trigger: { light: { fill: "#dbeafe", stroke: "#1d4ed8" }, dark: { fill: "#14213f", stroke: "#93c5fd" } },
  sendTemplate: { light: { fill: "#f3e8ff", stroke: "#7e22ce" }, dark: { fill: "#29123f", stroke: "#d8b4fe" } },
  messageStatusRule: { light: { fill: "#fae8ff", stroke: "#a21caf" }, dark: { fill: "#36103a", stroke: "#f0abfc" } },
  addTag: { light: { fill: "#dcfce7", stroke: "#166534" }, dark: { fill: "#052e16", stroke: "#86efac" } },
  removeTag: { light: { fill: "#ecfccb", stroke: "#3f6212" }, dark: { fill: "#1a2e05", stroke: "#bef264" } },
  wait: { light: { fill: "#fef3c7", stroke: "#92400e" }, dark: { fill: "#35200a", stroke: "#fcd34d" } },
  updateCustomer: { light: { fill: "#ccfbf1", stroke: "#115e59" }, dark: { fill: "#042f2e", stroke: "#5eead4" } },
  condition: { light: { fill: "#e0e7ff", stroke: "#4338ca" }, dark: { fill: "#1e1b4b", stroke: "#a5b4fc" } },
  split: { light: { fill: "#e0f2fe", stroke: "#075985" }, dark: { fill: "#082f49", stroke: "#7dd3fc" } },
  waitFor: { light: { fill: "#ffedd5", stroke: "#9a3412" }, dark: { fill: "#3a1a0c", stroke: "#fdba74" } },
  emitEvent: { light: { fill: "#ffe4e6", stroke: "#be123c" }, dark: { fill: "#3f0d1c", stroke: "#fda4af" } },
  exit: { light: { fill: "#fee2e2", stroke: "#b91c1c" }, dark: { fill: "#3d1111", stroke: "#fca5a5" } },
  goal: { light: { fill: "#d1fae5", stroke: "#065f46" }, dark: { fill: "#022c22", stroke: "#6ee7b7" } },
  limits: { light: { fill: "#f3f4f6", stroke: "#374151" }, dark: { fill: "#1f2630", stroke: "#c1c9d2" } },
};

/** Glyphs of 16 × 16 units, as stroked paths. */
export const glyphs: Record<Kind, string> = {
  trigger: "M9 1 3 9h4l-1 6 6-8H8z",
  sendTemplate: "M1 3h14v10H1zM1 3l7 6 7-6",
  messageStatusRule: "M1 8s3-5 7-5 7 5 7 5-3 5-7 5-7-5-7-5zM8 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4",
  addTag: "M1 1h7l7 7-7 7-7-7zM5 8h6M8 5v6",
  removeTag: "M1 1h7l7 7-7 7-7-7zM5 8h6",
  wait: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zM8 4v4l3 2",
  updateCustomer: "M8 2a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM2 15c0-3 2.5-5 6-5s6 2 6 5",
  condition: "M8 1 15 8 8 15 1 8z",
  split: "M8 1v5M8 6 3 14M8 6l5 8",
  waitFor: "M3 1h10M3 15h10M4 1c0 5 8 9 8 14M12 1c0 5-8 9-8 14",
  emitEvent: "M2 10h3l6 4V2L5 6H2zM13 5c1.5 2 1.5 4 0 6",
  exit: "M10 1H2v14h8M6 8h9M12 5l3 3-3 3",
  goal: "M3 15V1l10 4-10 4",
  limits: "M1 14a7 7 0 0 1 14 0M8 14l4-5M2 9l2 1M8 4v2",
};
