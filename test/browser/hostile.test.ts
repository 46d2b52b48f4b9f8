/** Names, attributes and templates full of script: the page shows them as texts, and nothing of them runs or loads. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { embeddedPlace } from "../../console/place/embedded-place.ts";
import type { Scenario } from "../../simulator/scenario.ts";
import { Consoles, hasBrowser, type Opened, only } from "./consoles.ts";

describe.skipIf(!hasBrowser)("in a browser", () => {
  const consoles = new Consoles();
  const asked: string[] = [];
  let attacker: Server;
  let open: Opened;
  beforeAll(async () => {
    attacker = createServer((request, response) => {
      asked.push(request.url ?? "");
      response.end();
    });
    await new Promise<void>((resolve) => attacker.listen(0, "127.0.0.1", resolve));
    const evil = `http://127.0.0.1:${(attacker.address() as AddressInfo).port}`;
    const script = [
      "<script>top.hacked = 1; parent.hacked = 1; fetch('/api/journeys')</script>",
      `<script src="${evil}/script"></script>`,
      `<img src="${evil}/picture" onerror="top.hacked = 1">`,
      `<link rel="stylesheet" href="${evil}/style"><style>@import "${evil}/import"; body { background: url(${evil}/background) }</style>`,
      `<iframe src="${evil}/frame"></iframe><meta http-equiv="refresh" content="0;url=${evil}/refresh">`,
      `<form action="${evil}/form"><input autofocus></form><svg onload="top.hacked = 1"></svg>`,
      `<a href="${evil}/link" target="_top" id="link">The mail</a>`,
    ].join("");
    const [cart] = only("abandoned-cart");
    if (!cart) throw new Error("There is no such example.");
    const { journeys = [], templates = [], events = [] } = cart.scenario;
    const hostile: Scenario = {
      ...cart.scenario,
      journeys: journeys.map((journey) => ({ ...journey, name: script.slice(0, 190), description: script })),
      templates: templates.map((template) => ({
        ...template,
        html: script,
        subject: "<script>top.hacked = 1</script>",
      })),
      customers: [{ customerId: "c-1", firstName: script, email: "ada@mail.example", country: "DE", [script]: script }],
      events: events.map((event) => ({ ...event, data: { ...(event.data as object), total: 99, evil: script } })),
    };
    open = await consoles.open({ place: await embeddedPlace([{ ...cart, scenario: hostile }]) });
  }, 60_000);
  afterAll(async () => {
    await consoles.close();
    attacker.close();
  });

  test.each([
    "/journeys",
    "/journeys/abandoned-cart",
    "/journeys/abandoned-cart/edit",
    "/customers?q=1",
    "/customers/abandoned-cart-1-7",
    "/customers/abandoned-cart-1-7?tab=passages",
    "/customers/abandoned-cart-1-7?tab=why",
    "/templates",
    "/templates/cart-reminder?customer=abandoned-cart-1-7",
    "/playground",
    "/customers/%3Cscript%3E",
  ])("%s shows it as text", async (path) => {
    await open.go(path);
    await open.page.getByRole("heading").first().waitFor();
    await open.page.waitForLoadState("networkidle");
    expect(await open.page.evaluate(() => Reflect.get(globalThis, "hacked"))).toBeUndefined();
    expect(open.page.url()).toBe(`${open.origin}${path}`);
  });

  test("a mail in its frame runs nothing, and a click in it goes nowhere", async () => {
    await open.go("/templates/cart-reminder");
    const link = open.page.frameLocator("iframe").locator("#link");
    await link.click();
    await open.page.waitForLoadState("networkidle");
    expect(open.page.url()).toBe(`${open.origin}/templates/cart-reminder`);
    expect(await open.page.evaluate(() => Reflect.get(globalThis, "hacked"))).toBeUndefined();
  });

  test("the attacker's server heard nothing", () => expect(asked).toEqual([]));
});
