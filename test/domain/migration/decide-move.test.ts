/** Which customers may move to another version, and what the move keeps. */
import { describe, expect, test } from "vitest";
import type { Enrollment } from "../../../lambdas/domain/enrollment/enrollment.ts";
import type { Component } from "../../../lambdas/domain/journey/component.ts";
import { EARLIER, enrolled, NOW } from "../enrolled.ts";
import {
  at,
  type Components,
  change,
  inDay,
  inLast,
  move,
  old,
  open,
  sent,
  signal,
  step,
  timer,
  wait,
  without,
} from "./moving.ts";

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
