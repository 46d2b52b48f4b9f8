/** Journeys on the deployed stack: events go in by the bus, documents by the tables, and outcomes are read from the tables. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Item } from "../../stack/stack.ts";
import { given } from "./given.ts";
import {
  becomes,
  ended,
  go,
  inbox,
  inJourney,
  live,
  mailed,
  openStack,
  reasons,
  rule,
  run,
  somebody,
  stamp,
  tag,
  wait,
} from "./live-journeys.ts";
import { until } from "./waiting.ts";

beforeAll(openStack, 180_000);
afterAll(() => run?.stop?.(), 60_000);

describe("who enters", () => {
  test("by condition and audience; the others leave a reason", async () => {
    const { id, event } = await live(
      { a: tag("in") },
      {
        trigger: {
          where: { field: "event.total", operator: "greaterThan", value: 20 },
          audience: { field: "customer.country", operator: "equals", value: "DE" },
        },
      },
    );
    const [fits, poor, far] = [somebody(), somebody(), somebody()];
    await go(event, fits, { data: { total: 21 }, customer: { country: "DE" } });
    await go(event, poor, { data: { total: 20 }, customer: { country: "DE" } });
    await go(event, far, { data: { total: 21 }, customer: { country: "FR" } });
    expect((await ended(fits, id)).status).toBe("completed");
    await until("reasons", async () => (await reasons(far)).length > 0 && (await reasons(poor)).length > 0);
    expect([await reasons(poor), await reasons(far)]).toEqual([["where-false"], ["audience-false"]]);
  });

  test("once means once; a repeated event enters once", async () => {
    const { id, event } = await live({ a: tag("in") }, { trigger: { entry: "once" } });
    const who = somebody();
    await go(event, who, { id: "first" });
    await ended(who, id);
    await go(event, who, { id: "first" });
    await go(event, who, { id: "second" });
    await until("two reasons", async () => (await reasons(who)).length === 2);
    expect((await reasons(who)).sort()).toEqual(["duplicate-event", "entry-limit"]);
    expect(await inJourney(who, id)).toHaveLength(1);
  });

  test("a tag added by one journey starts another", async () => {
    const { id } = await live(
      { a: tag("second") },
      { trigger: { event: undefined, where: { field: "customer.tags", operator: "contains", value: "chain" } } },
    );
    const { event } = await live({ a: tag("chain") });
    const who = somebody();
    await go(event, who);
    expect((await ended(who, id)).status).toBe("completed");
  });
});

describe("a message", () => {
  test.skipIf(given)("is rendered, sent once and can be unsubscribed from with one click", async () => {
    const { id, event } = await live({ s: { type: "sendTemplate", template: "hello" } });
    const who = somebody();
    await go(event, who, { data: { item: "<b>Tea</b>" } });
    await ended(who, id);
    const [mail, ...more] = (await inbox(who)) ?? [];
    expect([mail?.subject, more]).toEqual(["Hello Ada", []]);
    expect(mail?.html).toContain("&lt;b&gt;Tea&lt;/b&gt; waits");
    const header = mail?.headers.find(({ name }) => name === "List-Unsubscribe")?.value ?? "";
    const link = header.slice(1, -1);
    expect((await fetch(link)).status).toBe(200);
    expect(
      (await run.stack.get("CustomersTableName", { customerId: who, sk: "profile" }))?.attributes,
    ).not.toHaveProperty("unsubscribed");
    expect((await fetch(link, { method: "POST", body: "List-Unsubscribe=One-Click" })).status).toBe(200);
    const profile = await run.stack.get("CustomersTableName", { customerId: who, sk: "profile" });
    expect(profile?.attributes).toMatchObject({ unsubscribed: true });
  });

  test("that is read in time takes the customer on at once", async () => {
    const { id, event } = await live(mailed);
    const who = somebody();
    await go(event, who);
    await becomes(who, id, "to wait for the status", ({ position }) => position.waiting?.token);
    const [mail] = (await inbox(who)) ?? [];
    const [message] = (await inJourney(who, id)).flatMap(({ messages }) => messages);
    if (mail) await run.reads?.(mail);
    else
      await run.stack.publish("message.status", {
        customerId: who,
        data: { messageId: message?.messageId, status: "read" },
      });
    expect((await ended(who, id)).steps.map(({ outcome }) => outcome)).toEqual(["done", "met", "done"]);
  });

  test("that nobody reads takes the customer the other way when the time is up", async () => {
    const { id, event } = await live(mailed);
    const who = somebody();
    await go(event, who);
    expect((await ended(who, id)).steps.map(({ outcome }) => outcome)).toEqual(["done", "notMet", "done"]);
  });
});

describe("an exit", () => {
  const exit = [{ id: "bought", event: "order.placed", key: "event.cart" }];
  const goals = [{ id: "sale", event: "order.placed" }];

  test.each([
    ["during a wait", { w: wait("PT24H", "a"), a: tag("late") }, "w"],
    ["while waiting for a status", { ...mailed, r: { ...rule, within: "PT24H" } }, "r"],
  ])("%s takes the customer out at once, and the goal counts", async (_, components, at) => {
    const { id, event } = await live(components, { trigger: { key: "event.cart" }, exit, goals });
    const who = somebody();
    await go(event, who, { data: { cart: who } });
    await becomes(who, id, `to wait at ${at}`, ({ position }) => position.componentId === at && position.waiting);
    await run.stack.publish("order.placed", { customerId: who, data: { cart: "another" } });
    await run.stack.publish("order.placed", { customerId: who, data: { cart: who } });
    const { status, reason, position, goals: reached } = await ended(who, id);
    expect([status, reason, position.componentId, Object.keys(reached)]).toEqual(["exited", "bought", at, ["sale"]]);
    expect(await run.stack.counts(id)).toMatchObject({ entered: 1, exited: 1, "exited.bought": 1, "goal.sale": 1 });
  });

  test("before the first component: nothing is sent", async () => {
    const { id, event } = await live(
      { w: wait("PT1H", "s"), s: { type: "sendTemplate", template: "hello" } },
      { exit: [{ id: "left", event: `gone.${stamp}` }] },
    );
    const who = somebody();
    await Promise.all([go(event, who), run.stack.publish(`gone.${stamp}`, { customerId: who, id: "later" })]);
    await run.stack.publish(`gone.${stamp}`, { customerId: who, id: "last" });
    expect((await ended(who, id)).reason).toBe("left");
    expect((await inJourney(who, id)).flatMap(({ messages }) => messages)).toEqual([]);
    expect((await inbox(who)) ?? []).toEqual([]);
  });

  test("a goal counts after the customer has completed, once", async () => {
    const { id, event } = await live({ a: tag("in") }, { goals });
    const who = somebody();
    await go(event, who);
    await ended(who, id);
    for (const order of ["o1", "o2"]) await run.stack.publish("order.placed", { customerId: who, id: order });
    await becomes(who, id, "to reach the goal", ({ goals: reached }) => reached.sale);
    expect((await run.stack.counts(id))["goal.sale"]).toBe(1);
  });
});

describe("an admin", () => {
  test("whose edit is broken is told why, and what is live goes on", async () => {
    const { id, event, document } = await live({ a: tag("in") });
    const rejected = await run.stack.save({ ...document, start: "b" });
    expect(rejected).toMatchObject({
      state: "rejected",
      version: 1,
      problems: [{ path: "start", code: "unknown-component" }],
    });
    const who = somebody();
    await go(event, who);
    expect((await ended(who, id)).journeyVersion).toBe(1);
  });

  test("is warned of a message that a customer can get twice, and the customer of the example gets it twice", async () => {
    const id = `twice-${stamp}`;
    const mail = (next?: string) => ({ type: "sendTemplate", template: "hello", ...(next && { next }) });
    const where = { field: "event.total", operator: "greaterThan", value: 20 };
    const trigger = { event: `go.${id}`, where };
    const components = { first: mail("pause"), pause: wait("PT1H", "second"), second: mail() };
    const saved = await run.stack.save({ id, name: id, status: "active", trigger, start: "first", components });
    expect(saved).toMatchObject({
      state: "published",
      problems: [{ path: "components.second", code: "message-twice", severity: "warning" }],
    });
    await run.untilFunctionsLookAgain();
    const [problem] = saved.problems;
    const who = somebody();
    for (const { event, data } of (problem?.example?.events ?? []) as readonly { event: string; data?: Item }[])
      await go(event, who, { ...(data && { data }) });
    const { messages } = await ended(who, id);
    expect(messages.map(({ componentId, state }) => `${componentId} ${state}`)).toEqual(["first sent", "second sent"]);
  });

  test("who pauses a journey lets nobody in until it is resumed; those inside go on", async () => {
    const { id, event, document } = await live({ w: wait("PT12H", "a"), a: tag("through") });
    const [inside, kept, back] = [somebody(), somebody(), somebody()];
    await go(event, inside);
    await becomes(inside, id, "to wait", ({ position }) => position.waiting);
    expect(await run.stack.save({ ...document, status: "paused" })).toMatchObject({ state: "published", version: 1 });
    await run.untilFunctionsLookAgain();
    await go(event, kept);
    await until("the reason", async () => (await reasons(kept)).includes("not-active"));
    expect((await ended(inside, id)).status).toBe("completed");
    expect(await run.stack.save(document)).toMatchObject({ state: "published", version: 1 });
    await run.untilFunctionsLookAgain();
    await go(event, back);
    await becomes(back, id, "to wait", ({ position }) => position.waiting);
    expect(await inJourney(kept, id)).toEqual([]);
  });

  test("who stops a journey takes everybody out, and nobody enters", async () => {
    const { id, event, document } = await live({ w: wait("PT48H") });
    const [inside, late] = [somebody(), somebody()];
    await go(event, inside);
    await becomes(inside, id, "to wait", ({ position }) => position.waiting);
    expect(await run.stack.save({ ...document, status: "stopped" })).toMatchObject({ state: "published", version: 1 });
    expect((await ended(inside, id)).reason).toBe("journey-stopped");
    await run.untilFunctionsLookAgain();
    await go(event, late);
    await until("the reason", async () => (await reasons(late)).includes("not-active"));
  });
});

test("a malformed event is put aside with its reason, and its neighbours are handled", async () => {
  const { id, event } = await live({ a: tag("in") });
  const who = somebody();
  await Promise.all([run.stack.publish(event, { customer: "nobody" }), go(event, who)]);
  await ended(who, id);
  expect(await until("the dead letter", () => run.deadLetterReason())).toContain("customerId");
});

test("a customer who is deleted leaves everything, and nothing about them stays", async () => {
  const { id, event } = await live({ w: wait("PT48H") });
  const who = somebody();
  await go(event, who);
  await becomes(who, id, "to wait", ({ position }) => position.waiting);
  await run.stack.publish("customer.deleted", { customerId: who });
  await until("everything to be gone", async () => {
    const [only, ...others] = await run.stack.customer(who);
    return others.length === 0 && only?.deletedAt !== undefined;
  });
  expect(await run.stack.customer(who)).toEqual([expect.objectContaining({ sk: "profile", attributes: {}, tags: [] })]);
});
