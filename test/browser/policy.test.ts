/** The page's content security policy lets no text become code. The interpreter in the page must work without it. */
import { afterAll, describe, expect, test } from "vitest";
import { embeddedPlace } from "../../console/place/embedded-place.ts";
import { Consoles, hasBrowser, only } from "./consoles.ts";

describe.skipIf(!hasBrowser)("in a browser", () => {
  const consoles = new Consoles();
  afterAll(() => consoles.close());

  test("the editor finds an example of a message that comes twice, for which it evaluates a condition", async () => {
    const [cart] = only("abandoned-cart");
    if (!cart) throw new Error("There is no such example.");
    const journeys = (cart.scenario.journeys ?? []).map((journey) => {
      const components = journey.components as Readonly<Record<string, object>>;
      const again = { type: "sendTemplate", template: "cart-reminder" };
      return {
        ...journey,
        components: { ...components, "tag-engaged": { ...components["tag-engaged"], next: "again" }, again },
      };
    });
    const open = await consoles.open({
      place: await embeddedPlace([{ ...cart, scenario: { ...cart.scenario, journeys } }]),
    });
    await open.go("/journeys/abandoned-cart/edit");
    await open.page.getByText('A customer can get the template "cart-reminder" twice').first().waitFor();
    expect(open.wrong).toEqual([]);
  }, 60_000);
});
