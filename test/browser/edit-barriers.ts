/** The editor of journeys with axe: on light and dark, on wide and narrow screens, in every tab. */
import { expect, test } from "vitest";
import { barriers, type Opened, picture } from "./consoles.ts";

/** Tests with a console that has the example abandoned-cart. */
export function editorHasNoBarrier(console: () => Opened): void {
  test.each(["/journeys/~new", "/journeys/~new?from=empty", "/journeys/abandoned-cart/edit"])(
    "%s has no barrier that axe knows, on light and dark, wide and narrow",
    async (path) => {
      const open = console();
      await open.go(path);
      const main = open.page.getByRole("main");
      await main.getByRole("heading", { level: 1 }).waitFor();
      for (const [colorScheme, width] of [
        ["light", 1280],
        ["dark", 390],
      ] as const) {
        await open.page.emulateMedia({ colorScheme });
        await open.page.setViewportSize({ width, height: 860 });
        const tabs = colorScheme === "light" ? await main.getByRole("tab").all() : [];
        for (const [place, tab] of [undefined, ...tabs.slice(1)].entries()) {
          await tab?.click();
          expect(await barriers(open.page), `${colorScheme}, part ${place}`).toEqual([]);
          await picture(open, `edit${path.replace(/\W+/g, "-")}-${colorScheme}-${place}`);
        }
        const wide = await open.page.evaluate("document.documentElement.scrollWidth");
        expect(wide, `at ${width} pixels the page is not wider than the screen`).toBeLessThanOrEqual(width);
      }
      await open.page.emulateMedia({ colorScheme: "light" });
      await open.page.setViewportSize({ width: 1280, height: 860 });
    },
  );
}
