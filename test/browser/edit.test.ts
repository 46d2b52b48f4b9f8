/** The page that edits a journey, in a real browser, with mouse and keyboard. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { embeddedPlace } from "../../console/place/embedded-place.ts";
import { Mails } from "../../console/place/mails.ts";
import { shop } from "../commands/shop.ts";
import { Consoles, hasBrowser, type Opened, only, picture } from "./consoles.ts";
import { editorHasNoBarrier } from "./edit-barriers.ts";

describe.skipIf(!hasBrowser)("editing in a browser", () => {
  const consoles = new Consoles();
  let open: Opened;
  beforeAll(async () => {
    open = await consoles.open({ place: await embeddedPlace(only("abandoned-cart")) });
  }, 60_000);
  afterAll(() => consoles.close());
  const main = ({ page } = open) => page.getByRole("main");
  const text = ({ page } = open) => page.getByRole("textbox", { name: "The journey as JSON" });
  const field = (name: string) => main().locator(".form").getByLabel(name, { exact: true });
  const button = (name: string | RegExp) => main().getByRole("button", { name });

  /** Without the unsaved text of another test. */
  const edit = async (visitor = open) => {
    await visitor.page.evaluate("localStorage.clear()");
    await visitor.go("/journeys/abandoned-cart/edit");
    await text(visitor).waitFor();
  };
  /** As a person: select all, and type the new text. */
  const write = async (next: string, { page } = open) => {
    await text({ page } as Opened).focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText(next);
  };
  const document = async (visitor = open) => (await text(visitor).innerText()).replace(/[\u200b\u00a0]/g, " ");

  editorHasNoBarrier(() => open);

  test("a journey is built from an empty page, checked, simulated and published, and a customer gets its mail", async () => {
    await open.go("/journeys");
    await main().getByRole("link", { name: "New journey" }).click();
    await main()
      .getByRole("link", { name: /empty page/ })
      .click();
    await field("Id").fill("my-cart");
    await field("Name").fill("My cart");
    await button("Trigger: ").click();
    await field("Event").fill("checkout.started");
    await field("Key").fill("event.cartId");
    await field("Entry: which").selectOption("always");
    const where = main().getByRole("group", { name: "Where", exact: true });
    await where.getByRole("button", { name: "Add a condition" }).click();
    await where.getByLabel("Field").fill("event.total");
    await where.getByLabel("Comparison").selectOption("greaterThanOrEquals");
    await where.getByLabel("Value").fill("20");

    const putIn = async (connection: string | RegExp, letter: string) => {
      await button(connection).press("Enter");
      await open.page.getByRole("dialog", { name: "Connection" }).waitFor();
      await open.page.keyboard.press(letter);
    };
    await putIn("Connection from checkout.started to the end", "w");
    await field("For").fill("1 hour");
    await putIn("Connection from wait to the end", "s");
    await field("Template").selectOption("cart-reminder");
    await field("Id").fill("remind");
    await field("Id").press("Enter");
    await putIn("Connection from remind to the end", "r");
    await putIn("Connection from message-status-rule to the end (read)", "t");
    await field("Tags").fill("cart-engaged");
    await putIn("Connection from message-status-rule to the end (not read in time)", "s");
    await field("Template").selectOption("cart-last-call");
    await button("Journey").click();
    await button("Add exit rule").click();
    const exit = main().getByRole("group", { name: "Exit rule 1" });
    await exit.getByLabel("Id").fill("bought");
    await exit.getByLabel("Event").fill("order.placed");
    await exit.getByLabel("Key").fill("event.cartId");
    await main().getByRole("tab", { name: "Problems (0)" }).waitFor();
    await picture(open, "edit-built");

    await main().getByRole("tab", { name: "Simulation" }).click();
    await main().getByText("your cart is waiting").first().waitFor();
    await main().getByRole("slider").press("Home");
    await expect.poll(() => main().getByText("your cart is waiting").count()).toBe(0);
    await picture(open, "edit-simulation");
    await main().getByRole("tab", { name: "Cost" }).click();
    await main()
      .getByRole("row", { name: /most expensive/ })
      .waitFor();

    await button("Publish…").click();
    const dialog = open.page.getByRole("dialog", { name: "Publish" });
    await dialog.getByText("Publishing creates version 1").waitFor();
    await picture(open, "edit-publish");
    await dialog.getByRole("button", { name: "Publish version 1" }).click();
    await main().getByRole("link", { name: "v1 is live" }).waitFor();

    await open.go("/playground?journey=my-cart");
    await open.page.getByLabel("Customer", { exact: true }).fill("me");
    await button("Publish").click();
    await main().getByText("checkout.started of me was published.").waitFor();
    await open.page.getByRole("region", { name: "What happened" }).getByText("enters my-cart").waitFor();
    await button("+1 h").click();
    const mailbox = open.page.getByRole("region", { name: "Mailbox" });
    await mailbox
      .getByRole("button", { name: /You, your cart is waiting.*me@mail/ })
      .first()
      .click();
    await mailbox.frameLocator("iframe").getByText("Hello You").waitFor();
  });

  test("a journey that is broken says where, on the card and in the list, and is not published", async () => {
    await edit();
    const good = await document();
    await write(good.replace('"cart-reminder"', '"cart-remindr"'));
    await main().getByRole("tab", { name: "Problems (1)" }).waitFor();
    const told = main().getByRole("listitem").filter({ hasText: 'Did you mean "cart-reminder"?' });
    await told.waitFor();
    expect(await main().locator(".card.wrong").getAttribute("data-card")).toBe("remind");
    await picture(open, "edit-broken");
    await main()
      .getByRole("button", { name: /^Line \d+/ })
      .click();
    await expect.poll(() => main().locator(".card.chosen").getAttribute("data-card")).toBe("remind");
    await button("Publish (1 problem)").click();
    expect(await open.page.getByRole("dialog").getByRole("button", { name: "Publish" }).isDisabled()).toBe(true);
    await open.page.getByRole("button", { name: "Cancel" }).click();
    await write("nothing");
    await main().getByRole("listitem").filter({ hasText: "This is not JSON" }).waitFor();
    await button("Undo").click();
    await button("Undo").click();
    await main().getByText("No problem.").waitFor();
  });

  test("on the picture a card is deleted, a connection is dragged, and both are undone", async () => {
    await edit();
    const connections = () =>
      main()
        .locator("[data-way]")
        .evaluateAll((all) => all.map((each) => each.getAttribute("aria-label")));
    const before = await connections();
    await main().locator('[data-card="remind"]').focus();
    await open.page.keyboard.press("Enter");
    await open.page.keyboard.press("Delete");
    await expect.poll(connections).toContain("Connection from wait-1h to was-read");
    await button("Undo").click();
    await expect.poll(connections).toEqual(before);
    await main().locator('[data-card="last-call"]').scrollIntoViewIfNeeded();
    const grip = await main().locator(".grip").nth(3).boundingBox();
    const target = await main().locator('[data-card="last-call"] .face').boundingBox();
    if (!grip || !target) throw new Error("The picture is not there.");
    await open.page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2);
    await open.page.mouse.down();
    await open.page.mouse.move(target.x + target.width / 2, target.y + target.height / 2, { steps: 4 });
    await open.page.mouse.up();
    await expect.poll(connections).toContain("Connection from was-read to last-call (read)");
    await button("Undo").click();
    await expect.poll(connections).toEqual(before);
    await button("Connection from was-read to tag-engaged (read)").press("Enter");
    await open.page.getByRole("dialog").getByLabel("Leads to").selectOption("last-call");
    await expect.poll(connections).toContain("Connection from was-read to last-call (read)");
    await button("Undo").click();
    await expect.poll(connections).toEqual(before);
  });

  test("what publishing changes is asked once for a change, so the button stays as it is when the warnings come", async () => {
    await edit();
    await button("Publish…").click();
    await open.page.getByRole("dialog").getByText("Nothing changes").waitFor();
    await open.page.getByRole("button", { name: "Cancel" }).click();
    const asked: string[] = [];
    open.page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    const journey = JSON.parse(await document());
    journey.trigger.audience = { field: "customer.plan", operator: "equals", value: "pro" };
    journey.exit = [{ id: "always", where: journey.trigger.audience }];
    await write(JSON.stringify(journey));
    await main().getByText("So nobody enters.").first().waitFor();
    await button("Publish").click();
    const publish = open.page.getByRole("dialog").getByRole("button", { name: "Publish version 2" });
    await expect.poll(() => publish.isEnabled()).toBe(true);
    expect(asked.filter((path) => path === "/api/journey-plan")).toHaveLength(1);
  });

  test("two people edit at once, and the work of both is saved", async () => {
    const other = await consoles.visit(open.address);
    await edit();
    await edit(other);
    const good = await document();
    await write(good.replace('"PT1H"', '"PT2H"'), other);
    await write(good.replace('"cart-engaged"', '"engaged"'));
    for (const [visitor, expected] of [
      [other, "is live."],
      [open, "Another person has saved this journey meanwhile"],
    ] as const) {
      await main(visitor).getByRole("button", { name: "Publish…" }).click();
      await visitor.page
        .getByRole("dialog")
        .getByRole("button", { name: /^Publish/ })
        .click();
      await main(visitor).getByText(expected).first().waitFor();
    }
    await picture(open, "edit-conflict");
    await button("Join both").click();
    await button("Publish…").click();
    await open.page.getByRole("dialog").getByRole("button", { name: "Publish version 3" }).click();
    await main().getByText("Version 3 is live.").waitFor();
    const joined = await document();
    expect(joined).toContain('"PT2H"');
    expect(joined).toContain('"engaged"');
  });

  test("unsaved text is there again when the page is opened again", async () => {
    await edit();
    await write((await document()).replace('"name": "Abandoned cart"', '"name": "Unsaved"'));
    await main().getByRole("heading", { level: 1, name: "Unsaved" }).waitFor();
    await open.go("/journeys/abandoned-cart/edit");
    await main().getByRole("heading", { level: 1, name: "Unsaved" }).waitFor();
    await button("Discard it").click();
    await main().getByRole("heading", { level: 1, name: "Abandoned cart" }).waitFor();
  });

  test("a console that only reads shows everything and changes nothing", async () => {
    const stack = await shop();
    const place = { name: "Shop", write: false, stack, playground: undefined, mails: new Mails() };
    const reader = await consoles.open({ place });
    await reader.go("/journeys/cart/edit");
    await text(reader).waitFor();
    const before = await document(reader);
    await text(reader).focus();
    await reader.page.keyboard.type("x");
    expect(await document(reader)).toBe(before);
    expect(
      await main(reader)
        .getByRole("button", { name: /Publish|Undo|Connection/ })
        .count(),
    ).toBe(0);
    await main(reader).getByRole("button", { name: "Form" }).click();
    expect(await main(reader).locator(".form input").first().isDisabled()).toBe(true);
    await main(reader).getByText("read-only: start the console with --write").waitFor();
  });

  test("the page loaded nothing from elsewhere, and nothing failed", () => {
    expect(open.elsewhere).toEqual([]);
    expect(open.wrong).toEqual([]);
  });
});
