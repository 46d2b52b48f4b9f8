/** Each page of the console in a real browser, on the embedded engine, with mouse and keyboard. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { embeddedPlace } from "../../console/place/embedded-place.ts";
import { barriers, Consoles, hasBrowser, type Opened, only, picture } from "./consoles.ts";

const pages = [
  "/journeys",
  "/journeys?q=nothing-like-this",
  "/journeys/abandoned-cart",
  "/journeys/abandoned-cart?tab=goals",
  "/journeys/abandoned-cart?tab=saves",
  "/journeys/abandoned-cart?tab=runs",
  "/journeys/abandoned-cart?tab=versions",
  "/journeys/none",
  "/customers",
  "/customers/abandoned-cart-2-7",
  "/customers/abandoned-cart-2-7?tab=passages",
  "/customers/abandoned-cart-2-7?tab=why",
  "/customers/abandoned-cart-2-7?tab=what-if",
  "/templates",
  "/templates/cart-reminder",
  "/templates/order-thanks?language=de",
  "/templates/shop",
  "/health",
  "/playground",
  "/none",
];

describe.skipIf(!hasBrowser)("in a browser", () => {
  const consoles = new Consoles();
  let open: Opened;
  beforeAll(async () => {
    open = await consoles.open({
      place: await embeddedPlace(only("abandoned-cart", "order-and-shipping", "three-languages", "trial-ending")),
    });
  }, 60_000);
  afterAll(() => consoles.close());
  const main = () => open.page.getByRole("main");

  test.each(pages)("%s has no barrier that axe knows, on light and dark, wide and narrow", async (path) => {
    await open.go(path);
    await open.page.getByRole("heading").first().waitFor();
    await expect
      .poll(() =>
        main()
          .getByText(/^Loading/)
          .count(),
      )
      .toBe(0);
    for (const [colorScheme, width] of [
      ["light", 1280],
      ["dark", 390],
    ] as const) {
      await open.page.emulateMedia({ colorScheme });
      await open.page.setViewportSize({ width, height: 860 });
      expect(await barriers(open.page), colorScheme).toEqual([]);
      const wide = await open.page.evaluate("document.documentElement.scrollWidth");
      expect(wide, `at ${width} pixels the page is not wider than the screen`).toBeLessThanOrEqual(width);
      await picture(open, `${path.replace(/\W+/g, "-")}-${colorScheme}`);
    }
    await open.page.emulateMedia({ colorScheme: "light" });
    await open.page.setViewportSize({ width: 1280, height: 860 });
  });

  test("the list is searched, sorted and opened by keyboard", async () => {
    await open.go("/journeys");
    const rows = () => open.page.getByRole("row").allTextContents();
    await open.page.getByRole("searchbox").fill("trial");
    await expect.poll(async () => (await rows()).length).toBe(2);
    await open.page.getByRole("searchbox").fill("");
    await open.page.getByRole("button", { name: "Entered" }).press("Enter");
    const entered = () => open.page.locator("tbody td:nth-child(4)").allTextContents();
    const numbers = async () => (await entered()).map(Number);
    await expect.poll(numbers).toEqual((await numbers()).toSorted((a, b) => b - a));
    expect(await open.page.locator("[aria-sort]").getAttribute("aria-sort")).toBe("descending");
    await open.page.getByRole("link", { name: "Abandoned cart" }).press("Enter");
    await open.page.getByRole("heading", { level: 1, name: "Abandoned cart" }).waitFor();
  });

  test("a card of the picture says who came and who is there", async () => {
    await open.go("/journeys/abandoned-cart");
    const card = open.page.getByRole("button", { name: /Send template: remind/ });
    await card.focus();
    await open.page.keyboard.press("Enter");
    const panel = open.page.getByRole("complementary", { name: "The chosen card" });
    await expect.poll(() => panel.textContent()).toMatch(/came.*there now.*sent.*delivered.*read/s);
    await open.page.getByRole("button", { name: "Close" }).click();
    await expect.poll(() => panel.textContent()).toContain("Choose a card");
  });

  test("the goals are drawn by day, with a table that says the same", async () => {
    await open.go("/journeys/abandoned-cart?tab=goals");
    const days = main().getByRole("region", { name: "By day" });
    await days.getByText("purchase as a table").press("Enter");
    const cells = await days.locator("tbody td:nth-child(2)").allTextContents();
    const total = cells.reduce((sum, cell) => sum + Number(cell), 0);
    expect(total).toBeGreaterThan(5);
    await days.getByText(`: ${total} in 30 days`).waitFor();
    const drawn = await days.locator("rect.reached").evaluateAll((all) => all.map((bar) => bar.getAttribute("height")));
    expect(drawn.filter((height) => Number(height) > 0)).toHaveLength(cells.filter((cell) => cell !== "0").length);
    expect(await barriers(open.page)).toEqual([]);
  });

  test("the picture is made larger and smaller by keyboard", async () => {
    await open.go("/journeys/abandoned-cart");
    const sheet = open.page.getByRole("region", { name: /The picture of/ });
    const width = async () => (await sheet.locator("svg").boundingBox())?.width ?? 0;
    await sheet.focus();
    const first = await width();
    await open.page.keyboard.press("+");
    expect(await width()).toBeGreaterThan(first);
    await open.page.keyboard.press("0");
    expect(await width()).toBe(first);
  });

  test("in the playground a person publishes an event, lets time pass, reads the mail, and the journey goes on", async () => {
    await open.go("/playground");
    await open.page.getByLabel("Customer", { exact: true }).fill("me");
    await open.page.getByRole("button", { name: "Publish" }).click();
    await main().getByText("checkout.started of me was published.").waitFor();
    const news = open.page.getByRole("region", { name: "What happened" });
    await news.getByText("enters abandoned-cart").first().waitFor();
    await open.page.getByRole("button", { name: "+1 h" }).click();
    const mailbox = open.page.getByRole("region", { name: "Mailbox" });
    await mailbox.getByRole("button", { name: /You, your cart is waiting.*me@mail\.example/ }).click();
    await mailbox.frameLocator("iframe").getByText("Hello You").waitFor();
    await mailbox.getByRole("button", { name: "Read it" }).click();
    await news.getByText("was-read → met").first().waitFor();
    await news.getByText("completes abandoned-cart").first().waitFor();
  });

  test("the playground plays on by itself, from one thing due to the next, until it is stopped", async () => {
    await open.go("/playground");
    const clock = open.page.getByRole("group", { name: "Clock" });
    const play = clock.getByRole("button", { name: "Play on by itself" });
    const time = () => clock.getByRole("status").textContent();
    const before = await time();
    await play.click();
    await expect.poll(time, { timeout: 10_000 }).not.toBe(before);
    const second = await time();
    await expect.poll(time, { timeout: 10_000 }).not.toBe(second);
    await play.click();
    expect(await play.getAttribute("aria-pressed")).toBe("false");
  });

  test("a layout names the templates that it changes, and a partial in a partial too", async () => {
    await open.go("/templates");
    const rows = open.page.getByRole("region", { name: "Layouts and partials" }).locator("tbody tr");
    await rows.first().waitFor();
    expect(await rows.allTextContents()).toEqual([
      "footerpartialorder-thanks",
      "order-linepartialorder-thanks",
      "shoplayoutorder-thanks",
    ]);
    await rows.getByRole("link", { name: "footer" }).click();
    await main().getByRole("heading", { name: "Templates that it changes" }).waitFor();
    await main().getByRole("link", { name: "order-thanks" }).click();
    await main().getByText("Uses shop").waitFor();
  });

  test("the texts of each language are folded, so that the message is near", async () => {
    await open.go("/templates/order-thanks?language=fr");
    const folded = main().locator("details");
    await folded.first().waitFor();
    expect([await folded.count(), await main().locator("details[open]").count()]).toEqual([2, 1]);
    await folded.first().locator("summary").click();
    await folded.first().getByText("Danke").first().waitFor();
  });

  test("a template is shown in each of its languages", async () => {
    await open.go("/templates/order-thanks");
    const subject = () => main().locator(".subject").textContent();
    const own = await subject();
    await open.page.getByLabel("Language").selectOption({ index: 1 });
    await expect.poll(subject).not.toBe(own);
    await open.page.getByLabel("Language").selectOption({ index: 0 });
    await expect.poll(subject).toBe(own);
  });

  test("data that is not JSON is refused beside the field, and nothing is published", async () => {
    await open.go("/playground");
    await open.page.getByLabel("Data").fill("{");
    await open.page.getByRole("button", { name: "Publish" }).click();
    expect(await main().getByRole("alert").textContent()).toContain("not JSON");
  });

  test("a customer's page says what happens next, and what would happen if", async () => {
    await open.go("/playground");
    await open.page.getByLabel("Customer", { exact: true }).fill("you");
    await open.page.getByRole("button", { name: "Publish" }).click();
    await main().getByText("checkout.started of you was published.").waitFor();
    await open.go("/customers/you");
    await open.page.getByRole("region", { name: "What happens next" }).getByText("in 1 hour").waitFor();
    await open.page.getByRole("tab", { name: "What if" }).click();
    await open.page.getByRole("button", { name: "Try it" }).click();
    await main().getByText("You, your cart is waiting").waitFor();
    await main().getByText("completes abandoned-cart").waitFor();
    await open.page.getByRole("tab", { name: "What happened" }).click();
    // "What if" tried a copy of the customer: the real customer still waits.
    expect(await main().textContent()).not.toContain("completes");
  });

  test("a template is shown for a customer, as a mail and as plain text", async () => {
    await open.go("/templates/cart-reminder");
    await main().frameLocator("iframe").getByText("Hello Ada").waitFor();
    await open.page.getByRole("button", { name: "Plain text" }).click();
    await main().locator(".plain-text").getByText("Hello Ada").waitFor();
    await open.page.getByLabel("Customer").fill("nobody");
    await open.page.getByRole("button", { name: "Show" }).click();
    await main().getByText("Nothing is stored about a customer").waitFor();
  });

  test("the pages loaded nothing from elsewhere, and nothing failed but the pages that do not exist", () => {
    expect(open.elsewhere).toEqual([]);
    expect(open.wrong.filter((text) => !text.includes("404"))).toEqual([]);
  });
});
