/**
 * The page has the same colors as the picture, as variables such as `--ink` and `--wait-fill`. The variables are made
 * from the picture's own table, so that a new kind of component has a color here too.
 */
import { type Color, colorNames, colorOf } from "../../../insight/picture/theme.ts";

export function adoptTheme(): void {
  const rules = (paper: "light" | "dark") =>
    colorNames()
      .map((name) => `--${name}:${colorOf(name, paper)}`)
      .join(";");
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`:root{${rules("light")}}@media (prefers-color-scheme:dark){:root{${rules("dark")}}}`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

/** For attributes of SVG shapes. */
export const paint = (color: Color) => `var(--${color})`;
