/** Who may move to another version, to which component, and why not. */
import { describe, expect, test } from "vitest";
import type { Enrollment, Position, Step } from "../../../lambdas/domain/enrollment/enrollment.ts";
import type { Component } from "../../../lambdas/domain/journey/component.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import { decideMove } from "../../../lambdas/domain/migration/decide-move.ts";
import { EARLIER, enrolled, journeyOf, LATER, message, NOW } from "../enrolled.ts";

type Components = Journey["components"];

/** Welcome, a day, then the offer to those who opened it. The customer has the welcome and waits for the day to end. */
const old: Components = {
  first: { type: "sendTemplate", template: "welcome", next: "day" },
  day: { type: "wait", for: "P1D", next: "opened" },
  opened: { type: "messageStatusRule", message: "first", status: "read", within: "P2D", met: "vip", notMet: "tag" },
  vip: {
    type: "condition",
    branches: [{ when: { field: "customer.plan", operator: "equals", value: "vip" }, next: "offer" }],
    otherwise: "tag",
  },
  offer: { type: "sendTemplate", template: "offer", next: "last" },
  tag: { type: "addTag", tags: ["cold"], next: "last" },
  last: {
    type: "waitFor",
    branches: [{ id: "bought", event: "order.placed", next: "thanks" }],
    within: "P3D",
    otherwise: "late",
  },
  thanks: { type: "sendTemplate", template: "thanks" },
  late: { type: "sendTemplate", template: "late" },
};

const sent = (componentId: string): Step => step(componentId, "sendTemplate", "done");
const step = (componentId: string, type: Component["type"], outcome: string, more: Partial<Step> = {}): Step => ({
  componentId,
  type,
  at: EARLIER,
  leftAt: EARLIER,
  outcome,
  ...more,
});
const open = (componentId: string, type: Component["type"]): Step => ({
  componentId,
  type,
  at: EARLIER,
  outcome: "waiting",
  until: LATER,
});
const at = (componentId: string, more: Partial<Position> = {}): Position => ({
  componentId,
  visit: 1,
  since: EARLIER,
  ...more,
});
const timer = { for: "timer", until: LATER } as const;
const signal = { for: "signal", until: LATER, token: "t-1" } as const;

const inDay = enrolled({
  steps: [sent("first"), open("day", "wait")],
  messages: [message({ componentId: "first", template: "welcome" })],
  position: at("day", { waiting: timer }),
});
/** The customer opened the welcome after 30 minutes, is no VIP, and waits for an order. */
const inLast = enrolled({
  steps: [
    sent("first"),
    step("day", "wait", "done", { until: EARLIER }),
    step("opened", "messageStatusRule", "met", { until: LATER }),
    step("vip", "condition", "tag"),
    step("tag", "addTag", "done"),
    open("last", "waitFor"),
  ],
  messages: [message({ componentId: "first", template: "welcome" })],
  position: at("last", { visit: 5, waiting: signal, consumed: ["x e-1"] }),
});

function move(
  enrollment: Enrollment,
  components: Components,
  { renames = {}, before = old, more = {} }: { renames?: object; before?: Components; more?: Partial<Journey> } = {},
) {
  const versions = {
    old: journeyOf(before),
    next: journeyOf(components, more),
    renames: new Map(Object.entries(renames) as [string, string][]),
  };
  return decideMove(enrollment, versions, { to: 2, now: NOW });
}

const without = (components: Components, ...ids: string[]): Components =>
  Object.fromEntries(Object.entries(components).filter(([id]) => !ids.includes(id)));
const change = (id: string, more: object, components = old): Components =>
  ({ ...components, [id]: { ...components[id], ...more } }) as Components;
const wait: Component = { type: "wait", for: "P1D" };

describe("the customer moves", () => {
  test.each<[string, Enrollment, Components, string?]>([
    ["when nothing differs", inDay, old],
    ["when only what comes later differs", inDay, change("opened", { met: "offer", status: "clicked" })],
    ["when the wait that runs is longer", inDay, change("day", { for: "P9D" })],
    [
      "when the wait that runs is another kind of wait",
      inDay,
      change("day", { for: undefined, until: { time: "09:00" } }),
    ],
    ["when a later component is gone", inDay, without(change("opened", { met: "offer" }), "vip")],
    ["when the text of a message that was sent differs", inDay, change("first", { template: "hello" })],
    ["when only names and notes differ", inLast, change("vip", { name: "VIP?", note: "!" })],
    [
      "when there is one wait more on the way",
      inDay,
      { ...change("first", { next: "more" }), more: { ...wait, next: "day" } },
    ],
    ["when a wait on the way is gone", inLast, without(change("first", { next: "opened" }), "day")],
    ["when a message on the way is gone", inDay, without(change("opened", { message: "offer" }), "first"), "day"],
    [
      "when the branch that was taken leads on by another wait",
      inLast,
      {
        ...change("vip", { otherwise: "pause" }),
        pause: { ...wait, next: "tag" },
      },
    ],
    ["when the branch that was not taken differs", inLast, change("offer", { template: "other" })],
    ["when the rule gives longer, and was met", inLast, change("opened", { within: "P9D" })],
    ["when the signal is waited for longer", inLast, change("last", { within: "P9D" })],
    ["when the branches of the signal lead elsewhere", inLast, change("last", { otherwise: "thanks" })],
  ])("%s", (_, enrollment, components, start = "first") => {
    expect(move(enrollment, components, { more: { start } })).toMatchObject({ kind: "moves" });
  });

  test("and keeps the wait, the log, the messages and what counts", () => {
    const { position, steps, messages, ...rest } = inLast;
    expect(move(inLast, change("thanks", { template: "merci" }))).toEqual({
      kind: "moves",
      enrollment: {
        ...rest,
        position,
        steps,
        messages,
        journeyVersion: 2,
        migrations: [{ at: NOW, from: 1, steps: 5, since: EARLIER, consumed: ["x e-1"] }],
      },
    });
  });

  test("before a component that was not reached yet, whatever it is now", () => {
    const walking = enrolled({ ...inDay, steps: [sent("first")], position: at("day") });
    expect(move(walking, { ...old, day: { type: "addTag", tags: ["x"] } })).toMatchObject({ kind: "moves" });
  });

  test("while parked, and stays parked", () => {
    const parked = enrolled({ ...inDay, parked: { since: NOW, token: "t-9" } });
    expect(move(parked, old)).toMatchObject({ kind: "moves", enrollment: { parked: parked.parked } });
  });

  test("under new ids, in the position, the log, the branches and the messages", () => {
    const next: Components = {
      hello: { type: "sendTemplate", template: "welcome", next: "day" },
      day: { type: "wait", for: "P1D", next: "opened" },
      opened: {
        type: "messageStatusRule",
        message: "hello",
        status: "read",
        within: "P2D",
        met: "vip",
        notMet: "cold",
      },
      vip: { ...(old.vip as Extract<Component, { type: "condition" }>), otherwise: "cold" },
      offer: { type: "sendTemplate", template: "offer", next: "buys" },
      cold: { type: "addTag", tags: ["cold"], next: "buys" },
      buys: { ...(old.last as Extract<Component, { type: "waitFor" }>) },
      thanks: { type: "sendTemplate", template: "thanks" },
      late: { type: "sendTemplate", template: "late" },
    };
    const decision = move(inLast, next, {
      renames: { first: "hello", tag: "cold", last: "buys" },
      more: { start: "hello" },
    });
    expect(decision).toMatchObject({
      kind: "moves",
      enrollment: {
        position: { componentId: "buys", visit: 5, waiting: signal },
        steps: [
          { componentId: "hello" },
          { componentId: "day" },
          { componentId: "opened" },
          { componentId: "vip", outcome: "cold" },
          { componentId: "cold" },
          { componentId: "buys" },
        ],
        messages: [{ componentId: "hello" }],
      },
    });
  });

  test("in a loop, as often as the customer went round", () => {
    const loop: Components = {
      first: { type: "sendTemplate", template: "news", next: "day" },
      day: { type: "wait", for: "P1D", next: "first" },
    };
    const round = [sent("first"), step("day", "wait", "done", { until: EARLIER })];
    const inLoop = enrolled({
      steps: [...round, ...round, sent("first"), open("day", "wait")],
      position: at("day", { waiting: timer }),
    });
    expect(move(inLoop, change("day", { for: "P2D" }, loop), { before: loop })).toMatchObject({ kind: "moves" });
  });

  test("again, and remembers the last moves only", () => {
    const earlier = Array.from({ length: 10 }, (_, from) => ({ at: NOW, from, steps: 0, since: NOW }));
    const decision = move({ ...inDay, migrations: earlier }, old);
    expect(decision).toMatchObject({ enrollment: { migrations: [...earlier.slice(1), { from: 1, steps: 1 }] } });
  });
});

describe("the customer stays", () => {
  const claimed = enrolled({ ...inDay, position: at("offer", { claim: "e-1" }) });

  test.each<[string, string, Enrollment, Components, string?]>([
    ["while a message is being sent", "being-sent offer", claimed, old],
    ["where the component is gone", "component-gone day", inDay, without(change("first", { next: "opened" }), "day")],
    [
      "where the component is of another type",
      "component-differs day",
      inDay,
      change("day", { type: "addTag", tags: ["x"] }),
    ],
    [
      "where another event is waited for",
      "waits-for-other last",
      inLast,
      change("last", {
        branches: [{ id: "bought", event: "order.paid", next: "thanks" }],
      }),
    ],
    [
      "where one more event is waited for",
      "waits-for-other last",
      inLast,
      change("last", {
        branches: [
          { id: "bought", event: "order.placed", next: "thanks" },
          { id: "paid", event: "order.paid" },
        ],
      }),
    ],
    [
      "when a message on the way is new",
      "would-skip-message mail",
      inDay,
      {
        ...change("first", { next: "mail" }),
        mail: { type: "sendTemplate", template: "more", next: "day" },
      },
    ],
    [
      "when a message on the way has another id",
      "would-skip-message hello",
      inDay,
      {
        ...without(old, "first"),
        hello: { type: "sendTemplate", template: "other", next: "day" },
      },
      "hello",
    ],
    [
      "when a tag on the way is new",
      "would-skip-change mark",
      inDay,
      {
        ...change("first", { next: "mark" }),
        mark: { type: "addTag", tags: ["x"], next: "day" },
      },
    ],
    ["when a tag on the way is another one", "would-skip-change tag", inLast, change("tag", { tags: ["frozen"] })],
    [
      "when a decision on the way is new",
      "decides-otherwise half",
      inDay,
      {
        ...change("first", { next: "half" }),
        half: {
          type: "split",
          branches: [
            { percent: 50, next: "day" },
            { percent: 50, next: "offer" },
          ],
        },
      },
    ],
    [
      "when a wait on the way is new and may end the journey",
      "decides-otherwise trial",
      inDay,
      {
        ...change("first", { next: "trial" }),
        trial: { type: "wait", until: { field: "customer.trialEndsAt", ifPast: "exit" }, next: "day" },
      },
    ],
    [
      "when a condition on the way asks for something else",
      "decides-otherwise vip",
      inLast,
      change("vip", {
        branches: [{ when: { field: "customer.plan", operator: "equals", value: "pro" }, next: "offer" }],
      }),
    ],
    [
      "when a rule on the way gives less time than it took",
      "decides-otherwise opened",
      {
        ...inLast,
        steps: inLast.steps.map((each) => (each.componentId === "opened" ? { ...each, leftAt: LATER } : each)),
      },
      change("opened", { within: "PT1H" }),
    ],
    [
      "when a rule that timed out on the way gives more time",
      "decides-otherwise opened",
      {
        ...inLast,
        steps: inLast.steps.flatMap((each) =>
          each.componentId === "vip"
            ? []
            : each.componentId === "opened"
              ? [{ ...each, outcome: "notMet", leftAt: LATER }]
              : [each],
        ),
      },
      change("opened", { within: "P9D" }),
    ],
    [
      "when the branch that was taken leads past the place",
      "other-path last",
      inLast,
      change("tag", { next: undefined }),
    ],
    [
      "when the order is another one",
      "other-path day",
      inDay,
      {
        ...without(old, "day"),
        day: { type: "wait", for: "P1D", next: "first" },
      },
      "day",
    ],
    [
      "when the order of message and wait is another one",
      "would-repeat-message mail",
      inDay,
      {
        day: { type: "wait", for: "P1D", next: "mail" },
        mail: { type: "sendTemplate", template: "welcome" },
      },
      "day",
    ],
  ])("%s", (_, expected, enrollment, components, start = "first") => {
    const decision = move(enrollment, components, { more: { start } });
    expect(decision.kind === "stays" ? `${decision.reason} ${decision.componentId}` : decision.kind).toBe(expected);
  });

  test("when the zone of a condition on the way is another one", () => {
    const pause: Components = { ...change("tag", { next: "pause" }), pause: { ...wait, next: "last" } };
    const inPause = {
      ...inLast,
      steps: [...inLast.steps.slice(0, -1), open("pause", "wait")],
      position: at("pause", { waiting: timer }),
    };
    const more = { timezone: "Asia/Tokyo" };
    expect(move(inPause, pause, { before: pause })).toMatchObject({ kind: "moves" });
    expect(move(inPause, pause, { before: pause, more })).toMatchObject({ reason: "decides-otherwise" });
  });

  test("when a message that was sent is ahead under another id", () => {
    const next: Components = {
      ...without(old, "first"),
      day: { type: "wait", for: "P1D", next: "again" },
      again: { type: "sendTemplate", template: "welcome" },
    };
    expect(move(inDay, next, { more: { start: "day" } })).toEqual({
      kind: "stays",
      reason: "would-repeat-message",
      componentId: "again",
    });
    const skipped = { ...inDay, messages: [message({ componentId: "first", template: "welcome", state: "skipped" })] };
    expect(move(skipped, next, { more: { start: "day" } })).toMatchObject({ kind: "moves" });
  });
});
