/** Why customers stay in their version. */
import { describe, expect, test } from "vitest";
import type { Enrollment } from "../../../lambdas/domain/enrollment/enrollment.ts";
import { enrolled, LATER, message } from "../enrolled.ts";
import { at, type Components, change, inDay, inLast, move, old, open, timer, wait, without } from "./moving.ts";

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
