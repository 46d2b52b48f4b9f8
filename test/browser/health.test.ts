/** The page Health in a browser: a finding, its button, the sentence before it, and what came of it. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { embeddedPlace } from "../../console/place/embedded-place.ts";
import { Mails } from "../../console/place/mails.ts";
import { newBreaker } from "../../lambdas/domain/counters/breaker.ts";
import { shop } from "../commands/shop.ts";
import { barriers, Consoles, hasBrowser, type Opened, only, picture } from "./consoles.ts";

const held = { kind: "bounces", reports: 30, sent: 200, at: "2026-01-05T10:00:00.000Z" } as const;

describe.skipIf(!hasBrowser)("the page Health", () => {
  const consoles = new Consoles();
  afterAll(() => consoles.close());
  const remedies = ({ page }: Opened, area: string) => page.getByRole("group", { name: `Remedies for ${area}` });

  describe("on the embedded engine", () => {
    let open: Opened;
    beforeAll(async () => {
      const place = await embeddedPlace(only("abandoned-cart"));
      await place.stack.ports.breakers.put({ ...newBreaker("abandoned-cart"), held, revision: 1 });
      open = await consoles.open({ place });
    }, 60_000);

    test("a remedy says what it does, is done by keyboard, and the finding goes", async () => {
      await open.go("/health");
      const group = remedies(open, "marketing of abandoned-cart");
      await group.waitFor();
      expect(await group.getByText("journeys resume").count(), "there is no command line").toBe(0);
      expect(await barriers(open.page)).toEqual([]);
      await picture(open, "health-failing");
      await group.getByRole("button", { name: "Close the circuit breaker" }).press("Enter");
      await group.getByText("Marketing messages of abandoned-cart are sent again.").waitFor();
      expect(await barriers(open.page)).toEqual([]);
      await group.getByRole("button", { name: "Cancel" }).press("Enter");
      await group.getByRole("button", { name: "Close the circuit breaker" }).press("Enter");
      await group.getByRole("button", { name: "Close the circuit breaker now" }).press("Enter");
      await open.page.getByText("The circuit breaker of abandoned-cart is closed.").waitFor();
      await open.page.getByText("Nothing is wrong.").waitFor();
    });
  });

  test("a console that only reads shows the commands, and no button that changes the stack", async () => {
    const stack = await shop();
    await stack.ports.breakers.put({ ...newBreaker("cart"), held, revision: 1 });
    const place = { name: "Shop", write: false, stack, playground: undefined, mails: new Mails() };
    const open = await consoles.open({ place });
    await open.go("/health");
    const group = remedies(open, "marketing of cart");
    await group.getByText("journeys resume cart --breaker --stack Shop").waitFor();
    expect(await group.getByRole("button").allTextContents()).toEqual(["Copy", "Copy"]);
    expect(await barriers(open.page)).toEqual([]);
    await open.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await group.getByRole("button", { name: /^Copy journeys stop/ }).press("Enter");
    await group.getByText("Copied.").waitFor();
    expect(await open.page.evaluate("navigator.clipboard.readText()")).toBe("journeys stop cart --stack Shop");
  });
});
