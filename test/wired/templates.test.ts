/** A template that an admin saves by hand: journey-publisher checks it, and advance sends the last good text. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { hello, journey } from "../behaviour/scenario-of.ts";
import { published, streamed } from "./aws/deliveries.ts";
import { Stack } from "./stack.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await Stack.start({}, 1);
});
afterAll(() => stack?.stop());
beforeEach(() => stack.forget());

const saved = (id: string) => stack.tables.items("the-templates").find((item) => item.id === id);
const mail = (id: string) =>
  journey({ id, trigger: { event: id }, components: { mail: { type: "sendTemplate", template: id } } });

async function sentTo(customerId: string, event: string): Promise<unknown[]> {
  const customer = { email: `${customerId}@shop.example` };
  await stack.deliver(
    "trigger-matcher",
    published(event, { id: customerId, customerId, customer }, { id: customerId }),
  );
  for (const ids of stack.executions().filter((ids) => ids.customerId === customerId)) await stack.call("advance", ids);
  return stack.aws.of("SendEmail").map((sent) => JSON.stringify(sent));
}

test("a broken edit leaves the good text live, and the outcome is in the document", async () => {
  await stack.saveTemplate({ ...hello, id: "letter", text: "The good text" });
  expect(saved("letter")?.publication).toMatchObject({ state: "published", problems: [] });
  await stack.save(mail("letter"));
  await stack.saveTemplate({ ...hello, id: "letter", text: "Broken {{ text" });
  expect(saved("letter")?.publication).toMatchObject({ state: "rejected", problems: [{ code: "bad-liquid" }] });
  expect((await sentTo("ann", "letter"))[0]).toContain("The good text");
});

test("a template that was saved before templates had live copies is sent", async () => {
  stack.tables.put("the-templates", { ...hello, id: "old", text: "An old text" });
  stack.tables.changes("the-templates");
  await stack.save(mail("old"));
  // The functions would know the journey only after five seconds.
  await stack.restart({}, ["trigger-matcher", "advance"]);
  expect((await sentTo("bob", "old"))[0]).toContain("An old text");
  await stack.saveTemplate({ ...hello, id: "old", text: "{% broken %}" });
  expect(saved("live#old")?.template).toMatchObject({ text: "An old text" });
});

test("the outcome and the live copy come back as records, and are no saves", async () => {
  await stack.saveTemplate({ ...hello, id: "again", text: "x" });
  const before = stack.tables.items("the-templates");
  await stack.call("journey-publisher", streamed(stack.tables.changes("the-templates")));
  expect(stack.tables.items("the-templates")).toEqual(before);
});

test("an older save that comes again does not undo the newer one", async () => {
  stack.tables.put("the-templates", { ...hello, id: "two", text: "first" });
  stack.tables.put("the-templates", { ...hello, id: "two", text: "second" });
  const records = stack.tables.changes("the-templates");
  await stack.call("journey-publisher", streamed(records));
  await stack.call("journey-publisher", streamed(records.slice(0, 1)));
  expect(saved("live#two")?.template).toMatchObject({ text: "second" });
  expect(saved("two")?.publication).toMatchObject({ state: "published" });
});
