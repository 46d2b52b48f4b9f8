/** The page that edits a journey, in a real browser. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { embeddedPlace } from "../../console/engine/embedded-place.ts";
import { barriers, Consoles, hasBrowser, type Opened, only, picture } from "./consoles.ts";

describe.skipIf(!hasBrowser)("editing in a browser", () => {
  const consoles = new Consoles();
  let open: Opened;
  beforeAll(async () => {
    open = await consoles.open({ place: await embeddedPlace(only("abandoned-cart")) });
  }, 60_000);
  afterAll(() => consoles.close());

  test("it opens", async () => {
    await open.go("/journeys/abandoned-cart/edit");
    await open.page.getByRole("textbox", { name: "The journey as JSON" }).waitFor();
    await open.page.getByText("No problem.").waitFor();
    await picture(open, "edit");
    await open.page.getByRole("button", { name: /Send template: remind/ }).click();
    await open.page.getByRole("button", { name: "Form" }).click();
    await picture(open, "edit-form");
    await open.page.getByRole("button", { name: "Connection from remind" }).click();
    await picture(open, "edit-menu");
    expect(await barriers(open.page)).toEqual([]);
    expect(open.wrong).toEqual([]);
  });
});
