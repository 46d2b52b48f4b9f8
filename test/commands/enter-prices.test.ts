/** The prices that a person gives with `enter`, because the country of the customers decides them. */
import { beforeEach, describe, expect, test } from "vitest";
import { seed } from "../app/runs/walk-run.ts";
import { MemoryStack } from "./memory-stack/stack.ts";
import { answer, command } from "./on-stack.ts";

let stack: MemoryStack;

/** Two customers, and a journey that sends a message of this content to every customer. */
async function publish(content: object): Promise<void> {
  const journey = {
    ...{ id: "letter", name: "Letter", status: "active", start: "note" },
    trigger: { schedule: { cron: "0 9 * * mon" }, entry: "once" },
    components: { note: { type: "sendTemplate", template: "note" } },
  };
  await command(stack, ["publish", "note.json", "letter.json"], {
    "note.json": { id: "note", class: "marketing", ...content },
    "letter.json": journey,
  });
}

const preview = (...options: string[]) => command(stack, ["enter", "letter", "--all", "--dry-run", ...options]);

beforeEach(() => {
  stack = new MemoryStack();
  seed(stack.world, "ann", {});
  seed(stack.world, "ben", {});
});

describe.each([
  {
    name: "a text message costs as to the United States, unless a person gives another price",
    content: { channel: "sms", text: "a".repeat(160) },
    option: "--sms-price",
    said: "Text messages count with the price to the United States. For another price, use --sms-price.",
    unpriced: [],
  },
  {
    name: "an approved template of WhatsApp costs what a person gives",
    content: { channel: "whatsapp", whatsapp: { template: "note" } },
    option: "--whatsapp-price",
    said: "The fees of AWS and Meta for WhatsApp are not included. Give the price of approved templates (--whatsapp-price).",
    unpriced: ["whatsappTemplates"],
  },
  {
    name: "a text by WhatsApp costs what a person gives",
    content: { channel: "whatsapp", text: "Hello" },
    option: "--whatsapp-text-price",
    said: "The fees of AWS and Meta for WhatsApp are not included. Give the price of texts (--whatsapp-text-price).",
    unpriced: ["whatsappTexts"],
  },
])("$name", ({ content, option, said, unpriced }) => {
  beforeEach(() => publish(content));

  test("without the price, the command says so", async () => {
    expect((await preview()).out).toContain(said);
    const { json } = await answer(stack, ["enter", "letter", "--all", "--dry-run"]);
    expect(json.expected.unpriced).toEqual(unpriced);
  });

  test("with the price, the sum has it", async () => {
    const { out } = await preview(option, "1");
    expect(out).toContain("at most $2.00 for the journey");
    expect(out).not.toContain(said);
  });

  test("a price that is no number is refused", async () => {
    const { exitCode, err } = await preview(option, "free");
    expect([exitCode, err]).toEqual([2, expect.stringContaining(`${option} takes a number of dollars`)]);
  });
});

test("a text message without a price costs its parts", async () => {
  await publish({ channel: "sms", text: "a".repeat(160) });
  const { json } = await answer(stack, ["enter", "letter", "--all", "--dry-run"]);
  expect(json.expected.journeyDollars).toBeGreaterThan(2 * 0.006);
});
