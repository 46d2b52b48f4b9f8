/** `journeys render` of messages that go to a number: what people and programs read, and the price. */
import { describe, expect, test } from "vitest";
import { ran } from "../running.ts";

describe("of WhatsApp", () => {
  const shown = (content: object, ...words: string[]) =>
    ran(["render", "w.json", "--customer", "c.json", ...words], {
      "w.json": { id: "w", channel: "whatsapp", class: "marketing", ...content },
      "c.json": { customerId: "c-1", phone: "+491713920001", firstName: "Ada" },
    });
  const text = { text: "Hello {{ customer.firstName }}" };
  const approved = { whatsapp: { template: "hello" } };

  test.each<[string, object, string[], string]>([
    ["a text is shown as an answer, without the price of a text message", text, ["--sms-price", "1"], "Hello Ada"],
    [
      "a text has the price that a person gives",
      text,
      ["--whatsapp-text-price", "0.005"],
      "Hello Ada\n\nPrice: $0.0050",
    ],
    ["a text has not the price of an approved template", text, ["--whatsapp-price", "0.05"], "Hello Ada"],
    [
      "an approved template has the price that a person gives",
      approved,
      ["--whatsapp-price", "0.05"],
      "hello (en_US)\n\nPrice: $0.0500",
    ],
  ])("%s", async (_, content, options, out) => {
    expect(await shown(content, ...options)).toMatchObject({
      exitCode: 0,
      out: `To: +491713920001\n\n${out}`,
      err: "",
    });
  });

  test("programs read the price, if a person gave it", async () => {
    const cost = async (...options: string[]) => JSON.parse((await shown(approved, "--json", ...options)).out).cost;
    expect([await cost(), await cost("--whatsapp-price", "0.05")]).toEqual([undefined, { dollars: 0.05 }]);
  });
});

describe("of a text message", () => {
  const texted = (text: string, ...words: string[]) =>
    ran(["render", "text.json", "--customer", "phone.json", ...words], {
      "text.json": { id: "hello", channel: "sms", class: "marketing", text },
      "phone.json": { customerId: "c-1", phone: "+491713920001", firstName: "Ada" },
    });

  test("people read number, text, parts and price", async () => {
    expect(await texted("Hello {{ customer.firstName }}")).toMatchObject({
      exitCode: 0,
      out: "To: +491713920001\n\nHello Ada\n\nParts: 1 part (GSM-7), about $0.0065 at the price to the United States; the country of this number has another price",
      err: "",
    });
  });

  test("people read the price that they gave", async () => {
    const { out } = await texted("Hello {{ customer.firstName }}", "--sms-price", "0.075");
    expect(out).toMatch(/Parts: 1 part \(GSM-7\), \$0\.0750$/);
  });

  test("people learn which character makes it cost more", async () => {
    const { out, err } = await texted(`${"a".repeat(99)}’`);
    expect(out).toContain("Parts: 2 parts (UCS-2), about $0.0129 at the price to the United States;");
    expect(err).toBe('Without "’" the message would have 1 part.');
  });

  test("a text in another script is no surprise", async () => {
    const { out, err } = await texted("Ваш заказ готов, его можно забрать завтра с десяти до восьми в нашем магазине.");
    expect([out, err]).toEqual([expect.stringContaining("2 parts (UCS-2)"), ""]);
  });

  test("programs read the same", async () => {
    const { cost } = JSON.parse((await texted(`${"a".repeat(99)}’`, "--json")).out);
    expect(cost).toEqual({
      encoding: "UCS-2",
      parts: 2,
      dollars: expect.closeTo(0.0129),
      costly: { characters: ["’"], parts: 1 },
    });
  });
});
