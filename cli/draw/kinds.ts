/** How each kind of component looks, so that it is known at a glance. */
import type { ComponentType } from "../../lambdas/domain/component.ts";

interface Look {
  readonly fill: string;
  readonly stroke: string;
}

export const colours: Record<ComponentType | "trigger" | "exit" | "goal", Look> = {
  trigger: { fill: "#dbeafe", stroke: "#1d4ed8" },
  sendTemplate: { fill: "#f3e8ff", stroke: "#7e22ce" },
  messageStatusRule: { fill: "#fae8ff", stroke: "#a21caf" },
  addTag: { fill: "#dcfce7", stroke: "#15803d" },
  removeTag: { fill: "#ecfccb", stroke: "#4d7c0f" },
  wait: { fill: "#fef3c7", stroke: "#b45309" },
  updateCustomer: { fill: "#ccfbf1", stroke: "#0f766e" },
  condition: { fill: "#e0e7ff", stroke: "#4338ca" },
  split: { fill: "#e0f2fe", stroke: "#0369a1" },
  waitFor: { fill: "#ffedd5", stroke: "#c2410c" },
  emitEvent: { fill: "#ffe4e6", stroke: "#be123c" },
  exit: { fill: "#fee2e2", stroke: "#b91c1c" },
  goal: { fill: "#d1fae5", stroke: "#047857" },
};

/** A glyph of 16 × 16 units, drawn in strokes. */
export const glyphs: Record<keyof typeof colours, string> = {
  trigger: "M9 1 3 9h4l-1 6 6-8H8z",
  sendTemplate: "M1 3h14v10H1zM1 3l7 6 7-6",
  messageStatusRule: "M1 8s3-5 7-5 7 5 7 5-3 5-7 5-7-5-7-5zM8 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4",
  addTag: "M1 1h7l7 7-7 7-7-7zM5 8h6M8 5v6",
  removeTag: "M1 1h7l7 7-7 7-7-7zM5 8h6",
  wait: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zM8 4v4l3 2",
  updateCustomer: "M8 2a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM2 15c0-3 2.500-5 6-5s6 2 6 5",
  condition: "M8 1 15 8 8 15 1 8z",
  split: "M8 1v5M8 6 3 14M8 6l5 8",
  waitFor: "M3 1h10M3 15h10M4 1c0 5 8 9 8 14M12 1c0 5-8 9-8 14",
  emitEvent: "M2 10h3l6 4V2L5 6H2zM13 5c1.500 2 1.500 4 0 6",
  exit: "M10 1H2v14h8M6 8h9M12 5l3 3-3 3",
  goal: "M3 15V1l10 4-10 4",
};
