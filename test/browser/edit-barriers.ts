/** The editor of journeys with axe: on light and dark, on wide and narrow screens, in every tab. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { embeddedPlace } from "../../console/place/embedded-place.ts";
import { barriers, Consoles, hasBrowser, type Opened, only, picture } from "./consoles.ts";

describe.skipIf(!hasBrowser)("editing in a browser", () => {
  const consoles = new Consoles();
  let open: Opened;
  beforeAll(async () => {
    open = await consoles.open({ place: await embeddedPlace(only("abandoned-cart")) });
  }, 60_000);
  afterAll(() => consoles.close());

  test.each(["/journeys/~new", "/journeys/~new?from=empty", "/journeys/abandoned-cart/edit"])(
    "%s has no barrier that axe knows, on light and dark, wide and narrow",
    async (path) => {
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

  test("the page loaded nothing from elsewhere, and nothing failed", () => {
    expect(open.elsewhere).toEqual([]);
    expect(open.wrong).toEqual([]);
  });
});
