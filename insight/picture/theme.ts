/**
 * The colors of a picture. Light colors are attributes of each shape, so that every viewer shows them. Dark colors are a
 * style sheet, which browsers apply (also within `<img>`) when the reader prefers dark.
 */
import type { Kind } from "./diagram/diagram.ts";
import { looks } from "./looks.ts";

/** The colors that belong to no particular kind of box. */
const plain = {
  paper: { light: "#ffffff", dark: "#0d1117" },
  edge: { light: "#e5e7eb", dark: "#30363d" },
  ink: { light: "#1f2937", dark: "#e6edf3" },
  soft: { light: "#4b5563", dark: "#c1c9d2" },
  faint: { light: "#6b7280", dark: "#9198a1" },
  line: { light: "#818a96", dark: "#768390" },
  chip: { light: "#f3f4f6", dark: "#21262d" },
} as const;

export type Color = keyof typeof plain | `${Kind}-fill` | `${Kind}-stroke`;

const colors = new Map<string, { readonly light: string; readonly dark: string }>(Object.entries(plain));
for (const [kind, { light, dark }] of Object.entries(looks)) {
  colors.set(`${kind}-fill`, { light: light.fill, dark: dark.fill });
  colors.set(`${kind}-stroke`, { light: light.stroke, dark: dark.stroke });
}

export const colorNames = () => [...colors.keys()] as Color[];

export function colorOf(color: Color, paper: "light" | "dark"): string {
  return colors.get(color)?.[paper] ?? "none";
}

/** Attributes of a shape; `data-*` names the color for the dark style sheet. */
export const fill = (color: Color) => `fill="${colorOf(color, "light")}" data-fill="${color}"`;
export const stroke = (color: Color) => `stroke="${colorOf(color, "light")}" data-stroke="${color}"`;

/** The style sheet for dark colors, with the colors that occur in the picture. */
export function darkStyle(drawn: string): string {
  const used = new Set(
    [...drawn.matchAll(/data-(fill|stroke)="([^"]+)"/g)].map(([, what, color]) => `${what} ${color}`),
  );
  const rules = [...used].sort().map((use) => {
    const [what, color] = use.split(" ");
    return `[data-${what}="${color}"]{${what}:${colorOf(color as Color, "dark")}}`;
  });
  return `<style>@media (prefers-color-scheme:dark){${rules.join("")}}</style>`;
}
