import { describe, expect, test } from "vitest";
import { bill, dollars, type OwnPrices, pricesIn, regions, unpriced } from "../../../insight/cost/bill.ts";
import { quotas } from "../../../insight/cost/quotas.ts";
import type { Usage } from "../../../insight/cost/usage.ts";

const usage: Usage = {
  requests: [
    { function: "a", api: "SendEmail", what: "", requests: 2, writeUnits: 0, readUnits: 0, entries: 0 },
    { function: "a", api: "PutItem", what: "", requests: 5, writeUnits: 8, readUnits: 0, entries: 0 },
    { function: "a", api: "GetItem", what: "", requests: 4, writeUnits: 0, readUnits: 4, entries: 0 },
    { function: "a", api: "PutEvents", what: "", requests: 1, writeUnits: 0, readUnits: 0, entries: 3 },
  ],
  calls: { "trigger-matcher": 1, advance: 4 },
  transitions: 12,
};

test("a bill is amounts times prices", () => {
  const cents = Object.fromEntries(
    bill(usage).map(({ item, amount, dollars = Number.NaN }) => [item, [amount, dollars * 1e6]]),
  );
  expect(cents).toEqual({
    transitions: [12, expect.closeTo(300)],
    writeUnits: [8, expect.closeTo(5)],
    readUnits: [4, expect.closeTo(0.5)],
    invocations: [5, expect.closeTo(1)],
    gigabyteSeconds: [expect.closeTo(0.15), expect.closeTo(2.00001)],
    queueRequests: [3, expect.closeTo(1.2)],
    events: [3, expect.closeTo(3)],
    emails: [2, expect.closeTo(320)],
    textParts: [0, 0],
    whatsappTemplates: [0, 0],
    whatsappTexts: [0, 0],
  });
});

describe("WhatsApp messages", () => {
  const message = { function: "a", api: "SendWhatsAppMessage", writeUnits: 0, readUnits: 0, entries: 0 };
  const sent: Usage = {
    requests: [
      { ...message, what: "approved template", requests: 2 },
      { ...message, what: "text", requests: 3 },
    ],
    calls: {},
    transitions: 0,
  };

  test.each<[string, OwnPrices, number, string[]]>([
    ["without prices, the bill names both kinds as missing", {}, 0, ["whatsappTemplates", "whatsappTexts"]],
    ["with one price, the bill names the other kind", { whatsappTemplates: 0.05 }, 0.1, ["whatsappTexts"]],
    ["with both prices, nothing is missing", { whatsappTemplates: 0.05, whatsappTexts: 0.01 }, 0.13, []],
    ["the price of a text message is not theirs", { textParts: 1 }, 0, ["whatsappTemplates", "whatsappTexts"]],
  ])("%s", (_, prices, sum, missing) => {
    const lines = bill(sent, "us-east-1", prices);
    expect([dollars(lines), unpriced(lines)]).toEqual([expect.closeTo(sum), missing]);
  });
});

test("a region that has its own prices costs more where it does, and says what it has not", () => {
  expect(dollars(bill(usage, "sa-east-1")) - dollars(bill(usage))).toBeCloseTo((12 * 12.5) / 1e6);
  expect(pricesIn("sa-east-1").borrowed).not.toContain("transitions");
  expect(pricesIn("us-east-1").borrowed).toEqual([]);
  expect(pricesIn("eu-central-1").borrowed).toEqual(["events", "emails", "textParts"]);
  expect(regions).toContain("eu-central-1");
});

test.each([
  ["us-east-1", "Step Functions StartExecution", 300 * 86_400],
  ["eu-central-1", "Step Functions StartExecution", 150 * 86_400],
  ["us-east-1", "Step Functions StateTransition", 5000 * 7200],
  ["eu-central-1", "Step Functions StateTransition", 800 * 7200],
  ["us-east-1", "Step Functions open executions", 200_000],
  ["us-east-1", "SES sending rate", 14 * 43_200],
])("in %s, %s is hit above %i enrollments a day", (region, name, most) => {
  const at = (perDay: number) =>
    quotas(region, perDay, { transitions: 12, emails: 2, days: 5 }).find(({ quota }) => quota === name);
  expect([at(most)?.hit, at(most * 1.01)?.hit, at(1)?.hitFrom]).toEqual([false, true, most]);
});
