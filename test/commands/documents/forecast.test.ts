/** `journeys forecast` on archives of simulated customers: two journeys that meet in the next week. */
import { describe, expect, test } from "vitest";
import { Forecaster, periodOf } from "../../../cli/forecast/forecaster.ts";
import type { Scenario } from "../../../simulator/scenario.ts";
import { ran, template } from "../../cli/running.ts";
import { archiveText, past } from "../../proof/replay/past.ts";

const send = (next?: string) => ({ type: "sendTemplate", template: "hello", ...(next && { next }) });
const wait = (length: string, next: string) => ({ type: "wait", for: length, next });
/** A message at once and two hours later. */
const cart = {
  id: "cart",
  name: "Cart",
  status: "active",
  trigger: { event: "go", entry: "always" },
  start: "first",
  components: { first: send("pause"), pause: wait("PT2H", "second"), second: send() },
};
/** A message 18 days after the order. */
const order = {
  id: "order",
  name: "Order",
  status: "active",
  trigger: { event: "order", entry: "always" },
  start: "pause",
  components: { pause: wait("P18D", "thank"), thank: send() },
};
/** One more message on the same event, by a draft. */
const sale = { ...cart, id: "sale", name: "Sale", status: "draft", start: "offer", components: { offer: send() } };

const scenario = {
  journeys: [cart, order],
  templates: [template],
  customers: ["ada", "ben"].map((customerId) => ({ customerId, email: `${customerId}@mail.example` })),
  events: [
    { at: "2026-01-02T09:00:00Z", event: "order", id: "o-1", customerId: "ada" },
    { at: "2026-01-20T09:30:00Z", event: "go", id: "g-1", customerId: "ada" },
    { at: "2026-01-21T10:00:00Z", event: "go", id: "g-2", customerId: "ben" },
  ],
  until: "2026-01-26T00:00:00Z",
} as Scenario;
const files = {
  "past.jsonl": archiveText(await past(scenario)),
  "cart.journey.json": cart,
  "order.journey.json": order,
  "hello.template.json": template,
  "sale.json": sale,
  "capped.json": { ...cart, limits: { cap: [{ max: 1, within: "P1D", class: "all", otherwise: "skip" }] } },
  "limits.json": { cap: [{ max: 1, within: "P1D", class: "all", otherwise: "delay", atMost: "P3D" }] },
  "quiet.json": { ...cart, limits: { quietHours: { from: "09:00", to: "12:00", class: "all", otherwise: "exit" } } },
};
const live = ["--live", "cart.journey.json,order.journey.json,hello.template.json"];

async function forecast(...more: readonly string[]) {
  const { out, err, exitCode } = await ran(["forecast", ...more, "--from", "past.jsonl", ...live, "--json"], files);
  const lines = out.split("\n").map((line) => JSON.parse(line));
  return { exitCode, err, findings: lines.slice(0, -1), summary: lines.at(-1) };
}

test("the last week comes again a week later, and customers who are inside already get what is due", async () => {
  const { exitCode, findings, summary } = await forecast();
  expect(exitCode).toBe(0);
  expect(findings).toEqual([]);
  expect(summary).toMatchObject({
    kind: "summary",
    ok: true,
    from: "2026-01-26T00:00:00.000Z",
    until: "2026-02-02T00:00:00.000Z",
    customers: 2,
    customersWrittenTo: 2,
  });
  expect(summary.sendsByHour).toEqual({
    "2026-01-27T09:00:00.000Z": { messages: 2, journeys: { order: 1, cart: 1 } },
    "2026-01-27T11:00:00.000Z": { messages: 1, journeys: { cart: 1 } },
    "2026-01-28T10:00:00.000Z": { messages: 1, journeys: { cart: 1 } },
    "2026-01-28T12:00:00.000Z": { messages: 1, journeys: { cart: 1 } },
  });
  expect(summary.dollars).toBeGreaterThan(0);
});

test("a customer with many messages on one day is told, with the journeys that write", async () => {
  const { findings, summary } = await forecast("--most", "2");
  expect(findings).toEqual([
    { kind: "crowded-day", day: "2026-01-27", customerId: "ada", messages: 3, journeys: ["cart", "order"] },
  ]);
  expect(summary.crowded).toEqual({ customers: 1, days: 1, pairs: [{ first: "cart", second: "order", days: 1 }] });
});

test("a journey that writes often by itself collides with itself", async () => {
  const { summary } = await forecast("--most", "1");
  expect(summary.crowded.pairs).toEqual([
    { first: "cart", second: "cart", days: 1 },
    { first: "cart", second: "order", days: 1 },
  ]);
});

test("a draft counts as if it were active", async () => {
  const { findings } = await forecast("sale.json");
  expect(findings).toMatchObject([{ customerId: "ada", messages: 4, journeys: ["cart", "order", "sale"] }]);
});

describe("dollars of messages whose price only a person knows", () => {
  const hello = (content: object) => ({ id: "hello", class: "transactional", ...content });
  const whatsapp = hello({ channel: "whatsapp", whatsapp: { template: "hello" } });
  const sms = hello({ channel: "sms", text: "a".repeat(161) });
  const phones = files["past.jsonl"].replace(/"email":"[^"]*"/g, '"phone":"+491713920001"');
  const priced = async (template: object, ...more: string[]) =>
    ran(["forecast", "--from", "past.jsonl", ...live, ...more], {
      ...files,
      "past.jsonl": phones,
      "hello.template.json": template,
    });
  const summary = async (template: object, ...more: string[]) =>
    JSON.parse((await priced(template, "--json", ...more)).out.split("\n").at(-1) ?? "");

  test("approved templates of WhatsApp count with the given price, and are named without it", async () => {
    const [without, given] = [await summary(whatsapp), await summary(whatsapp, "--whatsapp-price", "0.05")];
    expect([without.unpriced, given.unpriced]).toEqual([["whatsappTemplates"], []]);
    expect(given.dollars - without.dollars).toBeCloseTo(5 * 0.05);
    const said = "The fees of AWS and Meta for WhatsApp are not included.";
    expect((await priced(whatsapp)).out).toContain(said);
    expect((await priced(whatsapp, "--whatsapp-price", "0.05")).out).not.toContain(said);
  });

  test("text messages count with the given price of a part", async () => {
    const [without, given] = [await summary(sms), await summary(sms, "--sms-price", "0.1")];
    expect(given.dollars - without.dollars).toBeCloseTo(5 * 2 * (0.1 - 0.00645));
  });
});

describe("what limits hold back", () => {
  const held = { kind: "held-back", journeyId: "cart", componentId: "second", reason: "frequency-cap" };

  test("a cap of a draft that replaces a live journey", async () => {
    const { findings, summary } = await forecast("capped.json");
    expect(findings).toMatchObject([
      { ...held, customerId: "ada", componentId: "first", at: "2026-01-27T09:30:00.000Z", fate: "skipped" },
      { ...held, customerId: "ada", at: "2026-01-27T11:30:00.000Z", fate: "skipped" },
      { ...held, customerId: "ben", at: "2026-01-28T12:00:00.000Z", fate: "skipped" },
    ]);
    expect(summary.heldBack).toEqual([
      { journeyId: "cart", componentId: "second", fate: "skipped", reason: "frequency-cap", messages: 2 },
      { journeyId: "cart", componentId: "first", fate: "skipped", reason: "frequency-cap", messages: 1 },
    ]);
  });

  test("the limits of the stack, in a file", async () => {
    const { findings } = await forecast("--limits", "limits.json");
    expect(findings.map(({ customerId, fate }) => `${customerId} ${fate}`)).toEqual([
      "ada delayed",
      "ada delayed",
      "ben delayed",
    ]);
  });

  test("quiet hours by which customers leave", async () => {
    const { findings } = await forecast("quiet.json");
    expect(findings.map(({ customerId, fate, reason }) => `${customerId} ${fate} ${reason}`)).toEqual([
      "ada exited quiet-hours",
      "ben exited quiet-hours",
    ]);
  });
});

test("quotas are compared with the busiest hour, and open executions count those who are inside before", async () => {
  const { summary } = await forecast("--mail-rate", "1");
  const quota = (name: string) => summary.quotas.find(({ quota }: { quota: string }) => quota === name);
  expect(quota("SES sending rate")).toEqual({
    quota: "SES sending rate",
    needs: 2 / 3600,
    has: 1,
    unit: "a second",
    hit: false,
    at: "2026-01-27T09:00:00.000Z",
  });
  expect(quota("Step Functions open executions")).toMatchObject({ needs: 1, has: 1_000_000, hit: false });
});

test("the text names the hours, the quotas, the messages and the customers", async () => {
  const { out } = await ran(["forecast", "capped.json", "--from", "past.jsonl", ...live, "--most", "1"], files);
  expect(out).toMatch(
    /2026-01-26 00:00:00 to 2026-02-02 00:00:00 \(UTC\): 2 messages to 2 of 2 customers, \$0\.\d{4}\./,
  );
  expect(out).toMatch(/SES sending rate .* 14 +a second/);
  expect(out).toMatch(/cart +second +not sent +frequency-cap +2/);
  expect(out).toMatch(/ben +2026-01-28 12:00:00 {2}cart second: not sent \(frequency-cap\)/);
});

test.each([
  ["a past that is shorter than the forecast", ["--next", "P30D"], /too short for a forecast of P30D/],
  ["a time that is no duration", ["--next", "soon"], /--next takes a duration/],
  ["no number", ["--most", "many"], /--most takes a whole number/],
  ["a file of limits that has none", ["--limits", "cart.journey.json"], /has no limits/],
  ["both pasts", ["--last", "P7D"], /either --from FILE or --last/],
])("%s is refused", async (_, more, message) => {
  const { exitCode, err } = await ran(["forecast", "--from", "past.jsonl", ...live, ...more], files);
  expect([exitCode, err]).toEqual([2, expect.stringMatching(message)]);
});

test("the answer does not depend on the number of cores", async () => {
  const [header = "", ...lines] = files["past.jsonl"].trimEnd().split("\n");
  const many = Array.from({ length: 110 }, (_, round) =>
    lines.map((line) => line.replace(/"(ada|ben)"/, `"$1-${round}"`)),
  );
  const past = { ...files, "past.jsonl": [header, ...many.flat(), "nonsense"].join("\n") };
  const [one, two] = await Promise.all(
    ["1", "2"].map((cores) =>
      ran(["forecast", "--from", "past.jsonl", ...live, "--most", "2", "--cores", cores, "--json"], past),
    ),
  );
  expect(one?.out.split("\n")).toHaveLength(111);
  expect(one?.err).toMatch(/^past\.jsonl:222: /);
  expect(two).toEqual(one);
});

test("what happens in the week before is the replay's own: the same documents and the same past send the same", async () => {
  const { customers, lines, settings } = await past(scenario);
  const period = periodOf(settings, "P7D");
  if (!period) throw new Error("too short");
  const made = await Forecaster.of({
    prices: {},
    documents: { journeys: [cart, order], templates: [template] },
    period: { ...period, from: "2026-01-01T00:00:00.000Z" },
    statuses: "none",
    rates: {},
    most: 3,
    told: undefined,
  });
  if ("problems" in made) throw new Error(JSON.stringify(made.problems));
  const texts = customers.map((customer, number) => ({ number, text: JSON.stringify(customer) }));
  const { forecast } = await made.forecast(texts);
  const sent = Object.values(forecast.sends).reduce((all, by) => all + Object.values(by).reduce((a, b) => a + b, 0), 0);
  expect(sent).toBe(lines.filter(({ kind }) => kind === "message").length);
});
