/** An error while a page is shown leaves a sentence that says what to do, and the other pages work. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Consoles, hasBrowser, type Opened } from "./consoles.ts";

describe.skipIf(!hasBrowser)("in a browser", () => {
  const consoles = new Consoles();
  let open: Opened;
  beforeAll(async () => {
    open = await consoles.open();
  }, 60_000);
  afterAll(() => consoles.close(), 60_000);

  test("a page that fails says so, and another page opens from the sidebar", async () => {
    // The server answers in a form that the page does not expect, as it may when only one of the two was upgraded.
    await open.page.route("**/api/templates*", (route) => route.fulfill({ json: [{ id: "a" }] }));
    await open.go("/templates");
    const main = open.page.locator("main");
    await main.getByRole("heading", { name: "This page cannot be shown" }).waitFor();
    expect(await main.locator("pre").textContent()).not.toBe("");
    await open.page.getByRole("link", { name: "Journeys" }).first().click();
    await main.getByRole("heading", { name: "Journeys" }).waitFor();
    expect(await open.page.getByRole("heading", { name: "This page cannot be shown" }).count()).toBe(0);
  });

  test("the page that failed is shown again when it can be", async () => {
    await open.page.unroute("**/api/templates*");
    await open.page.getByRole("link", { name: "Templates" }).click();
    await open.page.locator("main").getByRole("heading", { name: "Templates", exact: true }).waitFor();
    await open.page.getByRole("region", { name: "Templates" }).waitFor();
  });
});
