/** Frequency caps. */
import { describe, expect, test } from "vitest";
import { judgeLimits, type Limits, limitsOf, type Sending } from "../../../lambdas/domain/messages/limits.ts";
import {
  emptySendLog,
  MOST_COUNTED,
  type Send,
  withoutSend,
  withSend,
} from "../../../lambdas/domain/messages/send-log.ts";
import { fromMilliseconds, toMilliseconds } from "../../../lambdas/domain/time/time.ts";
import { type Cap, cap, NOW, send, sending, skip } from "./caps.ts";

const ago = (hours: number, kind: Send["class"] = "marketing"): Send => ({
  messageId: `${kind}-${hours}`,
  class: kind,
  at: fromMilliseconds(toMilliseconds(NOW) - hours * 3_600_000),
});

test("without limits, the message is sent", () =>
  expect(judgeLimits({}, sending({ sends: [ago(1), ago(2)] }))).toEqual(send));

describe("a cap of two a day", () => {
  test.each<[string, Partial<Cap>, Partial<Sending>, object]>([
    ["one before", {}, { sends: [ago(1)] }, send],
    ["two before", {}, { sends: [ago(1), ago(2)] }, skip],
    ["two before, in any order", {}, { sends: [ago(2), ago(1)] }, skip],
    ["one of them a day ago to the moment", {}, { sends: [ago(1), ago(24)] }, send],
    ["one of them a little less", {}, { sends: [ago(1), ago(23.99)] }, skip],
    ["transactional ones do not count", {}, { sends: [ago(1), ago(2, "transactional")] }, send],
    ["nor are they held back", {}, { class: "transactional", sends: [ago(1), ago(2)] }, send],
    [
      "unless the cap is theirs",
      { class: "transactional" },
      { class: "transactional", sends: [ago(1, "transactional"), ago(2, "transactional")] },
      skip,
    ],
    ["which does not concern marketing", { class: "transactional" }, { sends: [ago(1), ago(2)] }, send],
    ["of all: both count", { class: "all" }, { sends: [ago(1), ago(2, "transactional")] }, skip],
    ["of all: both are held back", { class: "all" }, { class: "transactional", sends: [ago(1), ago(2)] }, skip],
    ["exit", { otherwise: "exit" }, { sends: [ago(1), ago(2)] }, { kind: "exit", reason: "frequency-cap" }],
    [
      "delay: until the second newest is a day old",
      { otherwise: "delay" },
      { sends: [ago(20), ago(30), ago(10), ago(4)] },
      { kind: "delay", until: "2026-01-11T02:00:00.000Z", reason: "frequency-cap" },
    ],
    [
      "delay for just as long as is allowed",
      { otherwise: "delay", atMost: "PT4H" },
      { sends: [ago(1), ago(20)] },
      { kind: "delay", until: "2026-01-10T16:00:00.000Z", reason: "frequency-cap" },
    ],
    [
      "delay for longer than is allowed: skipped at once",
      { otherwise: "delay", atMost: "PT3H59M" },
      { sends: [ago(1), ago(20)] },
      skip,
    ],
    [
      "delay, counted from reaching the component",
      { otherwise: "delay", atMost: "PT4H" },
      { sends: [ago(1), ago(20)], reachedAt: ago(0.5).at },
      skip,
    ],
    [
      "delay of more than a day, when nothing is said of how long",
      { otherwise: "delay", within: "P7D" },
      { sends: [ago(1), ago(2)] },
      skip,
    ],
  ])("%s", (_, limit, more, expected) => expect(judgeLimits(cap(limit), sending(more))).toEqual(expected));
});

describe("several limits at once", () => {
  const night = { now: "2026-01-10T23:00:00.000Z", reachedAt: "2026-01-10T23:00:00.000Z", sends: [ago(-10)] };
  const both = (cap: Cap["otherwise"], quiet: Cap["otherwise"]) =>
    judgeLimits(
      {
        cap: [{ max: 1, within: "P1D", otherwise: cap }],
        quietHours: { from: "21:00", to: "08:00", otherwise: quiet },
      },
      sending(night),
    );
  test.each([
    ["exit", "skip", { kind: "exit", reason: "frequency-cap" }],
    ["skip", "exit", { kind: "exit", reason: "quiet-hours" }],
    ["delay", "skip", { kind: "skip", reason: "quiet-hours" }],
    ["delay", "delay", { kind: "delay", until: "2026-01-11T22:00:00.000Z", reason: "frequency-cap" }],
  ] as const)("%s and %s", (cap, quiet, expected) => expect(both(cap, quiet)).toEqual(expected));
});

test("a journey's cap replaces the stack's cap, and its quiet hours replace the stack's quiet hours", () => {
  const stack: Limits = { ...cap(), quietHours: { from: "21:00", to: "08:00", otherwise: "skip" } };
  expect(limitsOf(undefined, stack)).toEqual(stack);
  expect(limitsOf({ cap: "none" }, stack)).toEqual({ ...stack, cap: "none" });
  expect(limitsOf(cap({ max: 9 }), stack)).toEqual({ ...stack, ...cap({ max: 9 }) });
  expect(
    judgeLimits(limitsOf({ cap: "none", quietHours: "none" }, stack), sending({ sends: [ago(1), ago(2)] })),
  ).toEqual(send);
});

describe("which messages a cap counts", () => {
  test("the newest messages of each class, in order of time; each message once", () => {
    let known = emptySendLog("c-1");
    for (let hours = 200; hours > 0; hours--)
      known = withSend(known, ago(hours, hours % 2 ? "marketing" : "transactional"));
    const of = (kind: Send["class"]) => known.sends.filter((send) => send.class === kind);
    expect([of("marketing").length, of("transactional").length]).toEqual([MOST_COUNTED, MOST_COUNTED]);
    expect(known.sends.map(({ at }) => at)).toEqual(known.sends.map(({ at }) => at).toSorted());
    const again = withSend(known, { ...ago(1), at: NOW });
    expect(again.sends.filter(({ messageId }) => messageId === "marketing-1")).toEqual([{ ...ago(1), at: NOW }]);
    expect(again.revision).toBe(known.revision + 1);
  });

  test("a message that was not sent does not count", () => {
    const known = withSend(withSend(emptySendLog("c-1"), ago(2)), ago(1));
    expect(withoutSend(known, "marketing-2")).toMatchObject({ sends: [ago(1)], revision: 3 });
    expect(withoutSend(known, "another")).toBe(known);
  });
});
