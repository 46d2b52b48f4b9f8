/** The data behind each decision of a component that branches, waits or sends. */
import { expect, test } from "vitest";
import { decisionText } from "../../../insight/decisions/decision-text.ts";
import { decisionsOf } from "../../../insight/decisions/decisions.ts";
import { overlayOf } from "../../../insight/picture/diagram/overlay.ts";
import { svg } from "../../../insight/picture/svg.ts";
import type { Enrollment, Step } from "../../../lambdas/domain/enrollment/enrollment.ts";
import type { Component } from "../../../lambdas/domain/journey/component.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import { share } from "../../../lambdas/domain/values/hash.ts";
import { journey as document } from "../../cli/running.ts";
import { enrollment } from "../enrolled.ts";
import { day, event, KEPT_SINCE, message, on, order, record, said } from "./given.ts";

const waitFor = (...branches: object[]) =>
  ({ type: "waitFor", branches, within: "P2D", otherwise: "y" }) as unknown as Component;

const rule: Component = { type: "messageStatusRule", message: "greet", status: "read", within: "P2D", met: "x" };

const mail: Component = { type: "sendTemplate", template: "hello" };

const noted = (parts: object) => ({ messages: message ? [{ ...message, claimedAt: day(5), ...parts }] : [] });

test.each<[string, Component, Partial<Step>, Partial<Enrollment>, string | undefined]>([
  [
    "a split: the customer's share",
    { type: "split", branches: [{ percent: 50 }, { percent: 50 }] },
    { outcome: "end" },
    {},
    `share of 100 = ${Math.round(share("greeting", "here", "c-1") * 100) / 100}`,
  ],
  [
    "a wait until a field",
    { type: "wait", until: { field: "customer.renewsAt", offset: "-P3D", ifPast: "exit" } },
    { leftAt: day(17) },
    {},
    'customer.renewsAt = "2026-01-20T09:00:00.000Z"',
  ],
  [
    "a wait until a time of day, in the customer's zone",
    { type: "wait", until: { time: "09:00" } },
    {},
    {},
    "customer.timezone missing",
  ],
  ["a wait that names its zone", { type: "wait", until: { time: "09:00", timezone: "UTC" } }, {}, {}, undefined],
  ["a wait for a duration", { type: "wait", for: "P1D" }, {}, {}, undefined],
  [
    "a rule that was met",
    rule,
    { outcome: "met", until: day(7), leftAt: day(6) },
    noted({ statuses: { read: day(6) } }),
    'greet read = "2026-01-06T09:00:00.000Z"',
  ],
  [
    "a rule that was not",
    rule,
    { outcome: "notMet", until: day(7), leftAt: day(7) },
    noted({ statuses: {} }),
    "greet read = false",
  ],
  [
    "a rule whose report came too late",
    rule,
    { outcome: "notMet", until: day(7), leftAt: day(7) },
    noted({ statuses: { read: day(8) } }),
    "greet read = false",
  ],
  [
    "a rule whose status was reached in time, and delivered after the time-out",
    rule,
    { outcome: "notMet", until: day(7), leftAt: day(7) },
    noted({ statuses: { read: day(6) } }),
    'greet read = "2026-01-06T09:00:00.000Z"; these values lead to another outcome: some data arrived after the decision',
  ],
  [
    "a rule about a message that was skipped",
    rule,
    { outcome: "notMet" },
    noted({ state: "skipped", reason: "no-address", statuses: {} }),
    'greet = "skipped: no address for this channel"',
  ],
  [
    "a wait that an event ended",
    waitFor(order()),
    { outcome: "bought", until: day(7), leftAt: day(6) },
    {},
    'order = "2026-01-06T09:00:00.000Z"',
  ],
  [
    "a wait that an event with a condition ended",
    waitFor(order({ field: "event.total", operator: "greaterThan", value: 20 })),
    { outcome: "bought", until: day(9), leftAt: day(8) },
    {},
    'order = "2026-01-08T09:00:00.000Z", event.total = 70',
  ],
  [
    "a wait whose event is not kept",
    waitFor({ id: "bought", event: "paid", next: "x" }),
    { outcome: "bought", until: day(7), leftAt: day(6) },
    {},
    "paid is not stored any more",
  ],
  [
    "a wait for an event that did not come",
    waitFor(order({ field: "event.total", operator: "greaterThan", value: 20 })),
    { outcome: "otherwise", until: day(7), leftAt: day(7) },
    {},
    "order that fits = 0",
  ],
  [
    "a wait that a change ended",
    waitFor({ id: "bought", where: { field: "customer.country", operator: "equals", value: "DE" } }),
    { outcome: "bought", until: day(7), leftAt: day(6) },
    {},
    'customer.country = "DE"',
  ],
  [
    "a wait that missed an order, because the order was delivered late",
    waitFor(order()),
    { outcome: "otherwise", until: day(7), leftAt: day(7) },
    {},
    "order = 0; these values lead to another outcome: some data arrived after the decision",
  ],
  ["a message without an address", mail, { outcome: "skipped", reason: "no-address" }, {}, "customer.email missing"],
  [
    "a text message without a number",
    mail,
    { outcome: "skipped", reason: "no-address" },
    noted({ componentId: "here", channel: "sms", state: "skipped" }),
    "customer.phone missing",
  ],
  [
    "a message to a customer who unsubscribed from its topic",
    mail,
    { outcome: "skipped", reason: "topic-unsubscribed" },
    {},
    'customer.topics = {"news":false} (now; changed 2026-01-09 09:00:00)',
  ],
  [
    "a message to an address that bounced",
    mail,
    { outcome: "skipped", reason: "bounced" },
    {},
    "customer.email missing",
  ],
  ["a message that was sent", mail, {}, {}, undefined],
  ["a component that decides nothing", { type: "addTag", tags: ["a"] }, {}, {}, undefined],
  [
    "a customer who still waits",
    rule,
    { outcome: "waiting", leftAt: undefined } as unknown as Partial<Step>,
    {},
    undefined,
  ],
  [
    "a customer who left by an exit rule",
    on({ field: "event.total", operator: "exists" }),
    { outcome: "exited" },
    {},
    undefined,
  ],
])("%s", (_, component, step, parts, words) => expect(said(component, step, parts)).toBe(words));

test("a message above the frequency cap: the times of the newest messages of any journey", () => {
  const at = (date: number, state: string) => ({ ...message, claimedAt: day(date), state });
  const elsewhere = enrollment({
    messages: [at(1, "sent"), at(2, "sent"), at(3, "skipped"), at(4, "sent"), at(4, "unknown"), at(6, "sent")] as never,
  });
  const journey = { ...document, components: { here: mail } } as unknown as Journey;
  const step: Step = {
    componentId: "here",
    type: "sendTemplate",
    at: day(5),
    leftAt: day(5),
    outcome: "skipped",
    reason: "frequency-cap",
  };
  const [decision] = decisionsOf(
    enrollment({ steps: [step] }),
    journey,
    { ...record, enrollments: [elsewhere] },
    KEPT_SINCE,
  );
  expect(decision?.saw).toEqual([{ what: "newest messages before", value: [day(2), day(4), day(4)] }]);
});

test("a long value is cut", () => {
  const long = { ...record, events: [event("evt-1", "go", 5, { total: "x".repeat(1000) })] };
  const journey = {
    ...document,
    components: { here: on({ field: "event.total", operator: "exists" }) },
  } as unknown as Journey;
  const steps: Step[] = [{ componentId: "here", type: "condition", at: day(5), leftAt: day(5), outcome: "yes" }];
  const [decision] = decisionsOf(enrollment({ steps }), journey, long, KEPT_SINCE);
  expect(decision && decisionText(decision).length).toBeLessThan(120);
});

test("on a picture, the newest visit shows its decision", () => {
  const journey = document as unknown as Journey;
  const decisions = decisionsOf(
    enrollment({
      steps: [
        ...enrollment().steps.slice(0, 1),
        {
          componentId: "read",
          type: "messageStatusRule",
          at: day(5),
          until: day(6),
          leftAt: day(6),
          outcome: "notMet",
        },
      ],
    }),
    journey,
    record,
    KEPT_SINCE,
  );
  const overlay = overlayOf(enrollment(), journey, decisions);
  expect(overlay.at("read")).toEqual(["5 Jan 09:00 – 12:00 exited", "greet read = false"]);
  expect(svg(journey, overlay)).toContain("greet read = false</title>");
});
