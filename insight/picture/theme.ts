/**
 * The colours of a picture. Light ones are attributes of each shape, so that every viewer shows them; dark ones are a
 * style sheet that only counts where dark is preferred (browsers, also within `<img>`).
 */
import { type Kind, looks } from "./looks.ts";

/** What is not a kind of component. */
const plain = {
  paper: { light: "#ffffff", dark: "#0d1117" },
  edge: { light: "#e5e7eb", dark: "#30363d" },
  ink: { light: "#1f2937", dark: "#e6edf3" },
  soft: { light: "#4b5563", dark: "#c1c9d2" },
  faint: { light: "#6b7280", dark: "#9198a1" },
  line: { light: "#818a96", dark: "#768390" },
  chip: { light: "#f3f4f6", dark: "#21262d" },
} as const;

export type Colour = keyof typeof plain | `${Kind}-fill` | `${Kind}-stroke`;

const colours = new Map<string, { readonly light: string; readonly dark: string }>(Object.entries(plain));
for (const [kind, { light, dark }] of Object.entries(looks)) {
  colours.set(`${kind}-fill`, { light: light.fill, dark: dark.fill });
  colours.set(`${kind}-stroke`, { light: light.stroke, dark: dark.stroke });
}

export function colourOf(colour: Colour, paper: "light" | "dark"): string {
  return colours.get(colour)?.[paper] ?? "none";
}

/** The attributes that fill a shape, outline it, or both. */
export const fill = (colour: Colour) => `fill="${colourOf(colour, "light")}" data-fill="${colour}"`;
export const stroke = (colour: Colour) => `stroke="${colourOf(colour, "light")}" data-stroke="${colour}"`;

/** The style sheet for dark paper, with the colours that occur in a picture. */
export function darkStyle(drawn: string): string {
  const used = new Set(
    [...drawn.matchAll(/data-(fill|stroke)="([^"]+)"/g)].map(([, what, colour]) => `${what} ${colour}`),
  );
  const rules = [...used].sort().map((use) => {
    const [what, colour] = use.split(" ");
    return `[data-${what}="${colour}"]{${what}:${colourOf(colour as Colour, "dark")}}`;
  });
  return `<style>@media (prefers-color-scheme:dark){${rules.join("")}}</style>`;
}
