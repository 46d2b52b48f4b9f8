/**
 * Every page of the console on a deployed stack: one emulator for all. Without `--write` the console changes nothing,
 * whatever the page asks. With it, a published edit is live, lets a customer in, and a test of a template arrives.
 */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_STACK } from "../../cli/terminal/on-stack.ts";
import { isInstalled } from "../../local/launch.ts";
import { type Running, running } from "../deployed/running.ts";
import { ConsoleProcesses } from "./console-process.ts";
import { barriers, Consoles, hasBrowser, type Opened, picture } from "./consoles.ts";

const folder = "examples/abandoned-cart";
const journey = JSON.parse(readFileSync(`${folder}/journey.json`, "utf8"));

const pages = [
  "/journeys",
  "/journeys/abandoned-cart",
  "/journeys/abandoned-cart?tab=goals",
  "/journeys/abandoned-cart?tab=saves",
  "/journeys/abandoned-cart?tab=runs",
  "/journeys/abandoned-cart?tab=versions",
  "/journeys/abandoned-cart/edit",
  "/journeys/~new",
  "/customers?q=ada",
  "/customers/ada",
  "/customers/ada?tab=passages",
  "/customers/ada?tab=why",
  "/customers/ada?tab=what-if",
  "/templates",
  "/templates/cart-reminder?customer=ada",
  "/health",
];

describe.skipIf(!hasBrowser || !isInstalled())("the console of a deployed stack", () => {
  const consoles = new Consoles();
  let run: Running;
  let reading: Opened;
  let writing: Opened;
  const processes = new ConsoleProcesses();
  const open = async (...args: readonly string[]) =>
    consoles.visit(await processes.start(["--stack", DEFAULT_STACK, ...args], run.engine.environment));
  beforeAll(async () => {
    run = await running();
    expect((await run.journeys("publish", folder)).exitCode).toBe(0);
    reading = await open();
    writing = await open("--write");
  }, 300_000);
  afterAll(async () => {
    await consoles.close();
    await processes.stop();
    await run?.stop();
  });
  const text = ({ page }: Opened) => page.getByRole("textbox", { name: "The journey as JSON" });
  const main = ({ page }: Opened = writing) => page.getByRole("main");

  test("a console that only reads says so, and shows no button that changes the stack", async () => {
    await reading.go("/journeys/abandoned-cart");
    await reading.page.getByRole("heading", { level: 1, name: "Abandoned cart" }).waitFor();
    await reading.page.getByText("read-only").waitFor();
    expect(await reading.page.getByRole("link", { name: "Playground" }).count()).toBe(0);
    for (const name of ["Pause", "Hold", "Resume"])
      expect(await main(reading).getByRole("button", { name }).count()).toBe(0);
    await reading.go("/journeys/abandoned-cart/edit");
    await text(reading).waitFor();
    const publish = main(reading).getByRole("button", { name: /^Publish/ });
    expect((await publish.count()) === 0 || (await publish.isDisabled())).toBe(true);
    await reading.go("/templates/cart-reminder");
    await main(reading).getByText("start the console with --write").waitFor();
  });

  test.each<[string, object]>([
    ["journey-status", { id: "abandoned-cart", verb: "pause" }],
    ["journey-save", { document: { ...journey, name: "Changed" } }],
    ["remedy", { kind: "pause", journeyId: "abandoned-cart" }],
    ["template-test", { id: "cart-reminder", customer: "", to: "me@office.example" }],
  ])("a console that only reads refuses %s, and nothing is stored or sent", async (action, body) => {
    const before = await run.stack.journey("abandoned-cart");
    const headers = { "Content-Type": "application/json" };
    const given = JSON.stringify({ method: "POST", headers, body: JSON.stringify(body) });
    const asked = `fetch("/api/${action}", ${given}).then(async (answer) => [answer.status, await answer.text()])`;
    const [status, answer] = (await reading.page.evaluate(asked)) as [number, string];
    expect([status, answer]).toEqual([403, expect.stringContaining("only reads")]);
    expect(await run.stack.journey("abandoned-cart")).toEqual(before);
    expect(await run.inbox("me@office.example")).toEqual([]);
  });

  test("with --write, an edit is published, and the next customer walks through it", async () => {
    await writing.go("/journeys/abandoned-cart/edit");
    const { page } = writing;
    await text(writing).waitFor();
    const { $schema: _, ...document } = journey;
    const wait = { type: "wait", for: "PT2H", next: "remind" };
    const edited = { ...document, components: { ...document.components, "wait-1h": wait } };
    await text(writing).focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText(JSON.stringify(edited, null, 2));
    await main().getByRole("button", { name: "Publish…" }).click();
    const dialog = page.getByRole("dialog", { name: "Publish" });
    await dialog.getByText("Publishing creates version 2").waitFor();
    await dialog.getByRole("button", { name: "Publish version 2" }).click();
    await main().getByRole("link", { name: "v2 is live" }).waitFor({ timeout: 30_000 });
    expect((await run.stack.journey("abandoned-cart"))?.publication).toMatchObject({ state: "published", version: 2 });

    const detail = {
      id: "checkout-ada",
      customerId: "ada",
      data: { total: 59, cartId: "k1", items: ["Teapot"], url: "https://shop.example/cart/k1" },
      customer: { email: "ada@mail.example", firstName: "Ada", country: "DE" },
    };
    await run.stack.publish("checkout.started", detail, "shop");
    await expect.poll(async () => (await run.inbox("ada@mail.example")).length, { timeout: 60_000 }).toBeGreaterThan(0);
    await writing.go("/customers/ada");
    await main().getByText("entered abandoned-cart v2").waitFor();
    await main()
      .getByText(/remind: message (sent|delivered)/)
      .first()
      .waitFor();
  });

  test.each(pages)("%s shows what the stack has, without a barrier or an error", async (path) => {
    await writing.go(path);
    await main().getByRole("heading").first().waitFor();
    const loading = main().getByText(/^Loading/);
    await expect.poll(() => loading.count(), { timeout: 30_000 }).toBe(0);
    expect(await main().getByRole("alert").allTextContents()).toEqual([]);
    expect(await barriers(writing.page)).toEqual([]);
    await picture(writing, `deployed${path.replace(/\W+/g, "-")}`);
  });

  test("the list and the page of a journey count the customer", async () => {
    await writing.go("/journeys");
    await main()
      .getByRole("row", { name: /Abandoned cart.*active/ })
      .waitFor();
    await writing.go("/journeys/abandoned-cart?tab=goals");
    await main().getByRole("button", { name: "Count by day" }).press("Enter");
    const days = main().getByRole("region", { name: "By day" });
    await days.getByText("purchase as a table").press("Enter");
    expect(await days.locator("tbody td:nth-child(3)").allTextContents()).toEqual(["1"]);
    await main().getByRole("tab", { name: "Saves" }).click();
    await main().getByText("Version 2 is live.").waitFor();
    await main().getByText("components.wait-1h.for").waitFor();
  });

  test("a customer is found by the whole id, and what if changes nothing", async () => {
    await writing.go("/customers");
    await writing.page.getByRole("searchbox").fill("ada");
    await writing.page.getByRole("searchbox").press("Enter");
    await main().getByRole("tab", { name: "What if" }).click();
    await main().getByLabel("Try").selectOption("event");
    await main().getByRole("textbox", { name: "Event" }).fill("checkout.started");
    await main().getByRole("textbox", { name: "Data" }).fill('{ "total": 59, "cartId": "another" }');
    await main().getByRole("button", { name: "Try it" }).click();
    await main().getByText("enters abandoned-cart").first().waitFor();
    expect(await run.stack.enrollments("ada")).toHaveLength(1);
  });

  test("a test of a template arrives, says that it is one, and counts for no customer", async () => {
    await writing.go("/templates/cart-reminder?customer=ada");
    const form = main().getByRole("form", { name: "Send a test" });
    await form.getByLabel("To").fill("me@office.example");
    await form.getByLabel("To").press("Enter");
    await form.getByText("Sent to me@office.example as a test.").waitFor();
    const [mail, ...others] = await run.inbox("me@office.example");
    expect([mail?.subject, mail?.tags, others]).toEqual(["[Test] Ada, your cart is waiting", {}, []]);
    expect(mail?.from).toBe("Shop <hello@shop.example>");
    expect(mail?.headers).toContainEqual({ name: "X-Customer-Journeys-Test", value: "true" });
    // Without a configuration set, SES reports nothing that the stack could count.
    expect(mail?.configurationSet).toBe("");
    await form.getByLabel("To").fill("me@127.1");
    await form.getByLabel("To").press("Enter");
    await form.getByRole("alert").getByText('"me@127.1" is not an email address.').waitFor();
  });

  test("a held journey is resumed, and customers enter again", async () => {
    expect((await run.journeys("hold", "abandoned-cart")).exitCode).toBe(0);
    await writing.go("/journeys/abandoned-cart");
    await main().getByRole("button", { name: "Resume" }).press("Enter");
    await main().getByRole("button", { name: "Resume abandoned-cart" }).press("Enter");
    await expect
      .poll(async () => (await run.stack.journey("abandoned-cart"))?.status, { timeout: 30_000 })
      .toBe("active");
    await main().getByRole("button", { name: "Pause" }).waitFor({ timeout: 30_000 });
  });

  test("when the stack does not answer any more, the page keeps its numbers and says that they are old", async () => {
    await writing.go("/journeys");
    await main().getByRole("link", { name: "Abandoned cart" }).waitFor();
    await run.stop();
    await main()
      .getByText(/These numbers are not current: /)
      .waitFor({ timeout: 60_000 });
    expect(await main().getByRole("link", { name: "Abandoned cart" }).count()).toBe(1);
    await writing.go("/health");
    await main().getByRole("heading", { name: "The health could not be read" }).waitFor({ timeout: 60_000 });
  });
});
