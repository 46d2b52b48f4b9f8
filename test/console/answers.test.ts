/** The questions and actions of the console, on a stack in memory and on the embedded engine. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CustomerAnswer, CustomersAnswer, WhatIfAnswer } from "../../console/api/customers.ts";
import type { InsideAnswer, JourneyAnswer, JourneyRow } from "../../console/api/journeys.ts";
import type { PlaygroundAnswer } from "../../console/api/playground.ts";
import type { Rendered, TemplateAnswer, TemplateRow } from "../../console/api/templates.ts";
import { Mails } from "../../console/place/mails.ts";
import { actions } from "../../console/server/actions.ts";
import type { Finding } from "../../insight/health/finding.ts";
import { shop } from "../commands/shop.ts";
import { answerOf, asked, type Running, running } from "./running.ts";

describe("on a stack that is only read", () => {
  let open: Running;
  beforeAll(async () => {
    const stack = await shop();
    open = await running({ name: "Shop", write: false, stack, playground: undefined, mails: new Mails() });
  });
  afterAll(() => open.close());
  const answer = <T>(path: string, body?: object) => answerOf<T>(open, path, body);

  test("the session says so", async () =>
    expect(await answer("/api/session")).toEqual({ mode: "stack", name: "Shop", write: false }));

  const harmless = ["what-if", "journey-plan", "journey-cost", "journey-simulate"];
  test.each(Object.keys(actions).filter((name) => !harmless.includes(name)))("%s is refused", async (name) => {
    const origin = `http://127.0.0.1:${open.port}`;
    const headers = { cookie: open.cookie, origin, "content-type": "application/json" };
    const { status, text } = await asked(open.port, { path: `/api/${name}`, method: "POST", headers, body: "{}" });
    expect([status, text]).toEqual([403, expect.stringContaining("only reads")]);
  });

  test("journeys, a journey, the customers inside and a customer are read", async () => {
    const { journeys } = await answer<{ journeys: JourneyRow[] }>("/api/journeys");
    expect(journeys).toMatchObject([{ journeyId: "cart", status: "active", inside: 1, entered: 3, completed: 1 }]);
    const { live, funnel } = await answer<JourneyAnswer>("/api/journey?id=cart");
    expect([live?.version, funnel?.entered]).toEqual([1, 3]);
    const { customers, more } = await answer<InsideAnswer>("/api/inside?id=cart");
    expect([customers.map(({ customerId }) => customerId), more]).toEqual([["eve"], false]);
    const { record, entries } = await answer<CustomerAnswer>("/api/customer?id=eve");
    expect(record.enrollments).toHaveLength(1);
    expect(entries.map(({ answer: { attempts } }) => attempts.map(({ entered }) => entered))).toEqual([[true]]);
  });

  test("a customer is found by the whole id only", async () => {
    const found = async (q: string) => (await answer<CustomersAnswer>(`/api/customers?q=${q}`)).customers.length;
    expect([await found("eve"), await found("ev"), await found("")]).toEqual([1, 0, 0]);
  });

  test("what if changes nothing of the stack", async () => {
    const before = await answer<CustomerAnswer>("/api/customer?id=eve");
    const { lines } = await answer<WhatIfAnswer>("/api/what-if", { customerId: "eve", during: "P31D" });
    expect(lines.map(({ kind }) => kind).slice(-2)).toEqual(["component", "completed"]);
    expect(await answer<CustomerAnswer>("/api/customer?id=eve")).toEqual(before);
  });

  test("a stack has no playground", async () =>
    expect(await answer("/api/playground")).toEqual({ error: "A deployed stack has no playground." }));
});

describe("on the embedded engine", () => {
  let open: Running;
  beforeAll(async () => {
    open = await running();
  });
  afterAll(() => open.close());
  const answer = <T>(path: string, body?: object) => answerOf<T>(open, path, body);
  const world = (after = 0) => answer<PlaygroundAnswer>(`/api/playground?after=${after}`);

  test("a month has passed, and the clock moves on", async () => {
    const before = await world();
    expect(before.now).toBe("2026-02-02T09:00:00.000Z");
    expect(before.lines.length).toBeGreaterThan(50);
    await answer("/api/playground-move", { by: "PT1H" });
    expect((await world()).now).toBe("2026-02-02T10:00:00.000Z");
    const { next } = await world();
    await answer("/api/playground-move", { to: "next" });
    expect((await world()).now).toBe(next);
  });

  test("the same crowd comes at every start", async () => {
    const { lines } = await world();
    await answer("/api/playground-reset", {});
    const again = await world();
    expect(again.lines.slice(0, 50)).toEqual(lines.slice(0, 50));
    expect(again.world).toBe(2);
  });

  test("an event is delivered at once; one with problems is refused with the reasons", async () => {
    const known = (await world()).lines.at(-1)?.number;
    const event = {
      event: "checkout.started",
      customerId: "me",
      data: { cartId: "k", total: 30 },
      customer: { country: "DE" },
    };
    expect(await answer("/api/playground-event", event)).toEqual({ problems: [] });
    expect((await world(known)).lines.map(({ kind }) => kind)).toEqual(["entered", "component"]);
    const refused = await answer<{ problems: unknown[] }>("/api/playground-event", { ...event, event: "aws.x y" });
    expect(refused.problems.length).toBeGreaterThan(0);
  });

  test("the page that knows every line gets none again", async () => {
    const { lines } = await world();
    expect((await world(lines.at(-1)?.number)).lines).toEqual([]);
  });

  test("the events that journeys listen to are offered with data", async () => {
    const { suggestions } = await world();
    expect(suggestions.map(({ event }) => event)).toEqual(["checkout.started", "order.placed"]);
    expect(suggestions[0]).toMatchObject({
      enters: ["abandoned-cart"],
      data: { total: 59 },
      customer: { country: "DE" },
    });
  });

  test("a journey is held and resumed as the commands do it, and a stop is not offered", async () => {
    const status = async () => (await answer<JourneyAnswer>("/api/journey?id=abandoned-cart")).live?.journey.status;
    expect(await answer("/api/journey-status", { id: "abandoned-cart", verb: "pause" })).toEqual({ problems: [] });
    await answer("/api/journey-status", { id: "abandoned-cart", verb: "hold" });
    expect(await status()).toBe("held");
    await answer("/api/journey-status", { id: "abandoned-cart", verb: "resume" });
    // The journey had been paused before it was held.
    expect(await status()).toBe("paused");
    await answer("/api/journey-status", { id: "abandoned-cart", verb: "resume" });
    expect(await status()).toBe("active");
    expect(await answer("/api/journey-status", { id: "abandoned-cart", verb: "stop" })).toHaveProperty("error");
    expect(await answer("/api/journey-status", { id: "none", verb: "hold" })).toHaveProperty("error");
  });

  test("templates are rendered for a customer, and the mail has its own strict policy", async () => {
    const rows = await answer<TemplateRow[]>("/api/templates");
    expect(rows.map(({ id, usedBy }) => [id, usedBy])).toEqual([
      ["cart-last-call", ["abandoned-cart"]],
      ["cart-reminder", ["abandoned-cart"]],
    ]);
    const { preview } = await answer<TemplateAnswer>("/api/template?id=cart-reminder");
    const { mail, subject } = preview as Extract<Rendered, { missing: readonly string[] }>;
    expect(subject).toBe("Ada, your cart is waiting");
    const { headers, text } = await asked(open.port, { path: `/mail/${mail}`, headers: { cookie: open.cookie } });
    expect(text).toContain("Hello Ada");
    expect(headers["content-security-policy"]).toMatch(
      /^sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:;/,
    );
    expect((await asked(open.port, { path: "/mail/none", headers: { cookie: open.cookie } })).status).toBe(404);
  });

  test("nothing is wrong with the embedded engine", async () => {
    const findings = await answer<Finding[]>("/api/health");
    expect(findings.filter(({ state }) => state === "failing" || state === "note")).toEqual([]);
  });
});
