/** The decision about one component. The tests in `test/behaviour` cover components in whole scenarios. */
import { describe, expect, test } from "vitest";
import { unknownCustomer } from "../../../lambdas/domain/customer/customer.ts";
import type { Position } from "../../../lambdas/domain/enrollment/enrollment.ts";
import type { Component } from "../../../lambdas/domain/journey/component.ts";
import type { Template } from "../../../lambdas/domain/messages/template.ts";
import { share } from "../../../lambdas/domain/values/hash.ts";
import { advance } from "../../../lambdas/domain/walk/advance.ts";
import { type JourneyFacts, zoneOf } from "../../../lambdas/domain/walk/journey-facts.ts";
import type { Advanced } from "../../../lambdas/domain/walk/outcome.ts";
import { EARLIER, journeyOf, LATER, message, NOW } from "../enrolled.ts";

const ann = { ...unknownCustomer("c-1"), attributes: { email: "ann@shop.example", n: 1 } };
const facts = (more: Partial<JourneyFacts> = {}): JourneyFacts => ({ customer: ann, messages: {}, ...more });
const at = (more: Partial<Position> = {}): Position => ({ componentId: "first", visit: 0, since: NOW, ...more });
const waiting = (until: string, met?: string) => at({ waiting: { for: "signal", until, ...(met && { met }) } });
const decide = (component: Component, more: Partial<JourneyFacts> = {}, position = at(), now = NOW) =>
  advance(journeyOf({ first: component }, { sender: { from: "shop@shop.example" } }), position, facts(more), now);
const goes = ({ next }: Advanced) =>
  next.kind === "component" ? next.componentId : next.kind === "wait" ? `${next.for} ${next.until}` : next.kind;

test("a component that the journey does not have fails, even with the name of an inherited member", () => {
  for (const componentId of ["gone", "constructor"])
    expect(advance(journeyOf({}), at({ componentId }), facts(), NOW)).toEqual({
      outcome: "failed",
      next: { kind: "failed", reason: "unknown-component" },
    });
});

describe("sendTemplate", () => {
  const send: Component = { type: "sendTemplate", template: "hello", next: "second" };
  const template: Template = { id: "hello", channel: "email", class: "marketing", subject: "Hi", text: "x" };
  const transactional: Template = { ...template, class: "transactional" };
  const unsubscribeUrl = "https://u.example/?token=x";

  test("marketing carries the unsubscribe link", () => {
    const { effect } = decide(send, { template, unsubscribeUrl });
    expect(effect).toEqual({
      kind: "send",
      message: {
        template: "hello",
        channel: "email",
        class: "marketing",
        to: "ann@shop.example",
        from: "shop@shop.example",
        replyTo: [],
        unsubscribeUrl,
        subject: "Hi",
        text: "x",
      },
    });
  });

  test.each([
    ["transactional", { template: transactional, unsubscribeUrl }],
    ["a stack without such links", { template }],
  ])("%s carries no link", (_, more) => {
    expect(decide(send, more).effect).not.toHaveProperty("message.unsubscribeUrl");
  });

  test("the journey's sender, else the stack's, else the mail service's own", () => {
    const sender = { from: "stack@shop.example", replyTo: ["help@shop.example"] };
    const sent = (journey: object, more: object) =>
      advance({ ...journeyOf({ first: send }), ...journey }, at(), facts({ template, ...more }), NOW).effect;
    expect(sent({ sender: { from: "own@shop.example" } }, { sender })).toMatchObject({
      message: { from: "own@shop.example", replyTo: [] },
    });
    expect(sent({}, { sender })).toMatchObject({
      message: { from: "stack@shop.example", replyTo: ["help@shop.example"] },
    });
    expect(sent({}, {})).toMatchObject({ message: { from: undefined, replyTo: [] } });
  });

  test.each([
    ["no template", {}, "unknown-template"],
    ["no address", { template, customer: unknownCustomer("c-1") }, "no-address"],
    [
      "unsubscribed",
      { template, customer: { ...ann, attributes: { ...ann.attributes, unsubscribed: true } } },
      "unsubscribed",
    ],
    [
      "bounced",
      {
        template,
        customer: { ...ann, suppressed: { email: "ann@shop.example", reason: "bounced" as const, at: NOW } },
      },
      "bounced",
    ],
    [
      "complained",
      {
        template,
        customer: { ...ann, suppressed: { email: "ann@shop.example", reason: "complained" as const, at: NOW } },
      },
      "complained",
    ],
    [
      "unsubscribed from the topic",
      {
        template: { ...template, topic: "news" },
        customer: { ...ann, attributes: { ...ann.attributes, topics: { news: false } } },
      },
      "topic-unsubscribed",
    ],
  ])("%s: the message is skipped, and the customer goes on", (_, more, reason) => {
    expect(decide(send, more)).toEqual({
      outcome: "skipped",
      reason,
      next: { kind: "component", componentId: "second" },
    });
  });

  test("a bounce of an earlier address prevents nothing", () => {
    const suppressed = { email: "old@shop.example", reason: "bounced" as const, at: NOW };
    expect(decide(send, { template, customer: { ...ann, suppressed } }).outcome).toBe("done");
  });

  test.each([
    ["bounced", "skipped"],
    ["complained", "done"],
  ] as const)("transactional mail to an address that %s: %s", (reason, outcome) => {
    const suppressed = { email: "ann@shop.example", reason, at: NOW };
    expect(decide(send, { template: transactional, customer: { ...ann, suppressed } }).outcome).toBe(outcome);
  });
});

describe("messageStatusRule", () => {
  const rule: Component = {
    type: "messageStatusRule",
    message: "mail",
    status: "read",
    within: "PT1H",
    met: "yes",
    notMet: "no",
  };
  const mail = (more: Parameters<typeof message>[0]) => ({ messages: { mail: message(more) } });
  const read = mail({ statuses: { read: EARLIER } });
  test.each<[string, Partial<JourneyFacts>, Position, string, string]>([
    ["not yet: rests", mail({}), at(), NOW, `signal ${LATER}`],
    ["already", read, at(), NOW, "yes"],
    ["while resting", read, waiting(LATER), NOW, "yes"],
    ["in time, seen late", mail({ statuses: { read: LATER } }), waiting(LATER), "2026-01-05T12:00:00.000Z", "yes"],
    [
      "too late",
      mail({ statuses: { read: "2026-01-05T11:00:00.001Z" } }),
      waiting(LATER),
      "2026-01-05T12:00:00.000Z",
      "no",
    ],
    ["time is up", mail({}), waiting(LATER), LATER, "no"],
    ["time is not up", mail({}), waiting(LATER), "2026-01-05T10:59:59.999Z", `signal ${LATER}`],
    ["skipped", mail({ state: "skipped" }), at(), NOW, "no"],
    ["failed", mail({ state: "failed" }), at(), NOW, "no"],
    ["none at all", {}, at(), NOW, "no"],
    ["claimed: may still be", mail({ state: "claimed" }), at(), NOW, `signal ${LATER}`],
    ["unknown: may still be", mail({ state: "unknown" }), at(), NOW, `signal ${LATER}`],
    [
      "skipped, in a loop that has not rested",
      { ...mail({ state: "skipped" }), loopedWithoutWait: true },
      at(),
      NOW,
      `signal ${LATER}`,
    ],
  ])("%s", (_, more, position, now, expected) => expect(goes(decide(rule, more, position, now))).toBe(expected));

  test("a failed message meets a rule about the status failed", () => {
    const failed: Component = { ...rule, status: "failed" };
    expect(goes(decide(failed, mail({ state: "failed", statuses: { failed: NOW } })))).toBe("yes");
    expect(goes(decide(failed, mail({ state: "failed" })))).toBe(`signal ${LATER}`);
  });
});

describe("wait", () => {
  const forAnHour: Component = { type: "wait", for: "PT1H", next: "second" };
  const untilField: Component = {
    type: "wait",
    until: { field: "customer.at", ifPast: "continue", ifMissing: "continue" },
    next: "second",
  };
  test.each<[string, Component, Partial<JourneyFacts>, Position, string, string]>([
    ["rests", forAnHour, {}, at(), NOW, `timer ${LATER}`],
    [
      "rests on, until what was decided first",
      forAnHour,
      {},
      waiting(LATER),
      "2026-01-05T10:30:00.000Z",
      `timer ${LATER}`,
    ],
    ["goes on", forAnHour, {}, waiting(LATER), LATER, "second"],
    ["a field that has passed", untilField, { customer: { ...ann, attributes: { at: EARLIER } } }, at(), NOW, "second"],
    ["a field that was decided first", untilField, {}, waiting(LATER), NOW, `timer ${LATER}`],
    ["a past field in a loop that has not rested", untilField, { loopedWithoutWait: true }, at(), NOW, "failed"],
    ["a wait that says nothing", { type: "wait", next: "second" }, {}, at(), NOW, "second"],
  ])("%s", (_, component, more, position, now, expected) =>
    expect(goes(decide(component, more, position, now))).toBe(expected),
  );
});

describe("waitFor", () => {
  const component: Component = {
    type: "waitFor",
    branches: [
      { id: "paid", event: "order", next: "yes" },
      { id: "rich", where: { field: "customer.n", operator: "equals", value: 2 }, next: "rich" },
      { id: "odd", event: "call" },
    ],
    within: "PT1H",
    otherwise: "no",
  };
  const happening = (name: string, time: string) => ({ kind: "event", id: name, name, time, data: {} }) as const;
  const rich = { customer: { ...ann, attributes: { n: 2 } } };
  test.each<[string, Partial<JourneyFacts>, Position, string, string]>([
    ["nothing: rests", {}, at(), NOW, `signal ${LATER}`],
    ["an event since the last rest", { activities: [happening("order", NOW)] }, at(), NOW, "yes"],
    [
      "the earliest of several",
      { activities: [happening("order", LATER), happening("call", NOW)] },
      at(),
      NOW,
      "completed",
    ],
    [
      "the first branch of several events at one moment",
      { activities: [happening("call", NOW), happening("order", NOW)] },
      at(),
      NOW,
      "yes",
    ],
    [
      "an event after the end",
      { activities: [happening("order", "2026-01-05T11:00:00.001Z")] },
      waiting(LATER),
      NOW,
      `signal ${LATER}`,
    ],
    ["an event at the very end", { activities: [happening("order", LATER)] }, waiting(LATER), NOW, "yes"],
    ["a branch that was noted", {}, waiting(LATER, "paid"), NOW, "yes"],
    ["a branch that was noted, seen late", {}, waiting(LATER, "paid"), "2026-01-05T12:00:00.000Z", "yes"],
    ["what holds now", rich, at(), NOW, "rich"],
    [
      "what holds now, in a loop that has not rested",
      { ...rich, loopedWithoutWait: true },
      at(),
      NOW,
      `signal ${LATER}`,
    ],
    [
      "an event, in a loop that has not rested",
      { activities: [happening("order", NOW)], loopedWithoutWait: true },
      at(),
      NOW,
      `signal ${LATER}`,
    ],
    [
      "an event that came while it rested in such a loop",
      { activities: [happening("order", NOW)], loopedWithoutWait: true },
      waiting(LATER),
      NOW,
      "yes",
    ],
    ["time is up", {}, waiting(LATER), LATER, "no"],
  ])("%s", (_, more, position, now, expected) => expect(goes(decide(component, more, position, now))).toBe(expected));
});

describe("split", () => {
  const split = (...percents: readonly number[]): Component => ({
    type: "split",
    branches: percents.map((percent, index) => ({ percent, next: `b${index}` })),
  });
  test("each customer takes the branch of their share", () => {
    for (let n = 0; n < 100; n++) {
      const customer = unknownCustomer(`c-${n}`);
      const falls = share("j", "first", customer.customerId);
      const branch = falls < 20 ? "b0" : falls < 70 ? "b1" : "b2";
      expect(decide(split(20, 50, 30), { customer })).toMatchObject({ outcome: branch });
      expect(goes(decide(split(20, 50, 30), { customer }))).toBe(branch);
    }
  });

  test("a branch without a next component ends the journey", () => {
    const component: Component = { type: "split", branches: [{ percent: 100 }] };
    expect(decide(component)).toEqual({ outcome: "end", next: { kind: "completed" } });
  });

  test("rounding leaves no customer without a branch", () => {
    for (let n = 0; n < 2000; n++) {
      const customer = unknownCustomer(`c-${n}`);
      expect(goes(decide(split(33.3, 33.3, 33.3), { customer }))).toMatch(/^b[012]$/);
    }
  });
});

test("the zone: the requested one, else the customer's, else the journey's, else UTC", () => {
  const of = (asked: string | undefined, own: string | number | undefined, journeys: string | undefined) =>
    zoneOf(
      asked,
      { customer: { ...ann, attributes: own === undefined ? {} : { timezone: own } } },
      { ...journeyOf({}), ...(journeys && { timezone: journeys }) },
    );
  expect(of("Asia/Tokyo", "Europe/Berlin", "America/New_York")).toBe("Asia/Tokyo");
  expect(of(undefined, "Europe/Berlin", "America/New_York")).toBe("Europe/Berlin");
  expect(of(undefined, undefined, "America/New_York")).toBe("America/New_York");
  expect(of(undefined, undefined, undefined)).toBe("UTC");
  expect(of(undefined, "Nowhere", "America/New_York")).toBe("America/New_York");
  expect(of(undefined, 2, undefined)).toBe("UTC");
});
