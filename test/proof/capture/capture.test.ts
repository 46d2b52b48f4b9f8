/** Every passage of every example, captured: the test passes, and nothing of the customer is left in it. */
import { globSync } from "node:fs";
import { expect, test } from "vitest";
import { loadScenario } from "../../../cli/files/load-scenario.ts";
import { processIo } from "../../../cli/process-io.ts";
import { capture } from "../../../proof/capture/capture.ts";
import { leavesIn, personalIn } from "../../../proof/capture/personal.ts";
import type { Source } from "../../../proof/capture/recorded-scenario.ts";
import { checkScenario, type Scenario } from "../../../simulator/scenario.ts";
import { scenario as greeting, journey, template } from "../../cli/running.ts";
import { firstOf, ofASample } from "../../sample.ts";
import { passages, whatIsWrong } from "./passages.ts";

const io = processIo();

function scenarioIn(file: string): Scenario {
  const loaded = loadScenario(file, io);
  if ("problems" in loaded) throw new Error(file);
  return loaded.scenario;
}

/** The passages by their course, each course first once: a part of them has as many courses as it can. */
function distinct(sources: readonly Source[]): Source[] {
  const courses = Map.groupBy(sources, ({ enrollment: { journeyId, status, reason, steps } }) =>
    JSON.stringify([journeyId, status, reason, steps.map(({ componentId, outcome }) => [componentId, outcome])]),
  );
  const [first, others] = [[] as Source[], [] as Source[]];
  for (const [one, ...more] of courses.values()) {
    if (one) first.push(one);
    others.push(...more);
  }
  return [...first, ...others];
}

test.each(globSync("examples/*/scenario.json").sort())("%s", ofASample, async (file) => {
  const wrong: unknown[] = [];
  for (const source of firstOf(distinct(await passages(scenarioIn(file))), 2)) {
    const found = await whatIsWrong(source, await capture(source));
    if (found.length > 0) wrong.push({ ...source.enrollment.steps, customer: source.enrollment.customerId, found });
  }
  expect(wrong).toEqual([]);
});

const checked = checkScenario(greeting);
const ofGreeting = "value" in checked ? checked.value : {};

test("attributes and events that decide nothing are left out, and names are made up", async () => {
  const events = [
    ...greeting.events,
    { at: "2026-01-01T09:30:00Z", event: "page.viewed", id: "v", customerId: "c-1", data: { page: "/secret" } },
  ];
  const [source] = await passages({ ...ofGreeting, events });
  if (!source) throw new Error("The customer entered.");
  const captured = await capture(source);
  expect(captured).toMatchObject({
    test: {
      customers: [{ customerId: "customer-1", email: "someone@mail.example" }],
      events: [{ at: "2054-01-01T09:00:00.000Z", event: "go", id: "event-1", customerId: "customer-1" }],
      statuses: [{ message: "greet", status: "read" }],
      expect: [{ customerId: "customer-1", path: ["greet", "read", "tag"], ended: "completed", goals: [] }],
    },
  });
  expect(JSON.stringify(captured)).not.toMatch(/Ada|ada@|c-1"|secret/);
});

test("names of members that decide nothing are left out, because a name may be personal", async () => {
  const guests = {
    all: [
      { field: "event.guests", operator: "exists" },
      { field: "event.order.lines.1.sku", operator: "equals", value: "tea" },
    ],
  };
  const invited = { ...journey, trigger: { event: "go", where: guests } };
  const data = {
    guests: { "ada@mail.example": { diet: "vegan" }, "ben@mail.example": true },
    order: { "for Ada": true, lines: [{ sku: "cup" }, { sku: "tea", "gift for": "Ben" }, { sku: "pot" }] },
  };
  const events = [{ at: "2026-01-01T09:00:00Z", event: "go", id: "g", customerId: "c-1", data }];
  const [source] = await passages({ ...ofGreeting, journeys: [invited], events });
  if (!source) throw new Error("The customer entered.");
  const captured = await capture(source);
  expect(captured).toMatchObject({
    test: { events: [{ data: { guests: {}, order: { lines: [expect.anything(), { sku: "tea" }] } } }] },
  });
  expect(JSON.stringify(captured)).not.toMatch(/ada|ben@|vegan|for Ada|gift|pot/i);
  expect(await whatIsWrong(source, captured)).toEqual([]);
});

test("a STOP stays in the test: what the customer got before and after it is the same", async () => {
  const send = (next?: string) => ({ type: "sendTemplate", template: "news", ...(next !== undefined && { next }) });
  const news = {
    ...journey,
    start: "first",
    components: { first: send("pause"), pause: { type: "wait", for: "P1D", next: "second" }, second: send() },
  };
  const events = [
    { at: "2026-01-01T09:00:00Z", event: "go", id: "g", customerId: "c-1" },
    {
      at: "2026-01-01T10:00:00Z",
      event: "message.received",
      id: "m",
      customerId: "c-1",
      data: { channel: "sms", text: "Stop, ok" },
    },
    {
      at: "2026-01-01T11:00:00Z",
      event: "message.received",
      id: "n",
      customerId: "c-1",
      data: { channel: "sms", text: "Stop!" },
    },
  ];
  const [source] = await passages({
    journeys: [news],
    templates: [{ id: "news", channel: "sms", class: "marketing", text: "News" }],
    customers: [{ customerId: "c-1", phone: "+491701234567" }],
    events,
  });
  if (!source) throw new Error("The customer entered.");
  const captured = await capture(source);
  expect(captured).toMatchObject({
    test: {
      events: [{ event: "go" }, { event: "message.received", data: { channel: "sms", text: "Stop!" } }],
      expect: [{ messages: ["first"], path: ["first", "pause", "second"] }],
    },
  });
  expect(await whatIsWrong(source, captured)).toEqual([]);
});

test("a passage that the stored data does not lead to is refused", async () => {
  const [source] = await passages(ofGreeting);
  if (!source) throw new Error("The customer entered.");
  const enrollment = { ...source.enrollment, steps: source.enrollment.steps.slice(0, 1) };
  expect(await capture({ ...source, enrollment })).toMatchObject({ refused: expect.stringContaining("same path") });
});

test("the search finds a personal value by itself and inside a text, but not the values of the journey", () => {
  const personal = new Set<string | number>(["ada-lovelace", 4711]);
  expect(personalIn({ a: ["hello ada-lovelace!"], b: 4711 }, personal)).toEqual(["ada-lovelace", 4711]);
  expect(personalIn({ a: ["hello"], b: 14711 }, personal)).toEqual([]);
  expect(leavesIn([journey, template])).toContain("reader");
});

test("no text of a message, no layout and no approved template of WhatsApp is in the test", async () => {
  const templates = [
    {
      id: "hello",
      channel: "whatsapp",
      class: "marketing",
      whatsapp: { template: "secret", body: ["{{ customer.firstName }}"] },
    },
    { id: "mail", channel: "email", class: "marketing", layout: "shop", subject: "Secret", html: "<p>Secret</p>" },
    { id: "shop", kind: "layout", html: "<b>Secret</b>{{ content }}" },
  ];
  const components = {
    greet: { type: "sendTemplate", template: "hello", next: "mail" },
    mail: { type: "sendTemplate", template: "mail" },
  };
  const customers = [{ customerId: "c-1", email: "ada@mail.example", phone: "+491701234567", firstName: "Ada" }];
  const { events } = ofGreeting;
  const whatsapp = { journeys: [{ ...journey, start: "greet", components }], templates, customers, events };
  const [source] = await passages(whatsapp as unknown as Scenario);
  if (!source) throw new Error("The customer entered.");
  const captured = await capture(source);
  expect(await whatIsWrong(source, captured)).toEqual([]);
  expect(captured).toMatchObject({ test: { expect: [{ messages: ["greet", "mail"] }] } });
  expect(JSON.stringify(captured)).not.toMatch(/secret|layout/i);
});
