/** Frequency caps and quiet hours: the decision, at its boundaries. */
import { describe, expect, test } from "vitest";
import { checkJourney } from "../../../lambdas/domain/checks/check-journey.ts";
import { judgeLimits, type Limits, limitsOf, type Sending } from "../../../lambdas/domain/messages/limits.ts";
import {
  emptySendLog,
  MOST_COUNTED,
  type Send,
  withoutSend,
  withSend,
} from "../../../lambdas/domain/messages/send-log.ts";
import { fromMilliseconds, toMilliseconds } from "../../../lambdas/domain/time/time.ts";
import { journey } from "../../behaviour/scenario-of.ts";

const NOW = "2026-01-10T12:00:00.000Z";
const ago = (hours: number, kind: Send["class"] = "marketing"): Send => ({
  messageId: `${kind}-${hours}`,
  class: kind,
  at: fromMilliseconds(toMilliseconds(NOW) - hours * 3_600_000),
});
const sending = (more: Partial<Sending> = {}): Sending => ({
  class: "marketing",
  zone: "UTC",
  sends: [],
  reachedAt: NOW,
  now: NOW,
  ...more,
});
type Cap = Exclude<Limits["cap"], "none" | undefined>[number];
const cap = (more: Partial<Cap> = {}): Limits => ({ cap: [{ max: 2, within: "P1D", otherwise: "skip", ...more }] });
const send = { kind: "send" };
const skip = { kind: "skip", reason: "frequency-cap" };

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

describe("quiet hours", () => {
  const quiet = (from: string, to: string, more: object = {}): Limits => ({
    quietHours: { from, to, otherwise: "delay", ...more },
  });
  const at = (now: string, zone = "UTC") => sending({ now, reachedAt: now, zone });
  const delayed = (until: string) => ({ kind: "delay", until, reason: "quiet-hours" });
  test.each<[string, Limits, Sending, object]>([
    ["a minute before", quiet("21:00", "08:00"), at("2026-01-10T20:59:59.999Z"), send],
    [
      "their first moment",
      quiet("21:00", "08:00"),
      at("2026-01-10T21:00:00.000Z"),
      delayed("2026-01-11T08:00:00.000Z"),
    ],
    ["after midnight", quiet("21:00", "08:00"), at("2026-01-11T00:30:00.000Z"), delayed("2026-01-11T08:00:00.000Z")],
    ["their last moment", quiet("21:00", "08:00"), at("2026-01-11T07:59:59.999Z"), delayed("2026-01-11T08:00:00.000Z")],
    ["their end", quiet("21:00", "08:00"), at("2026-01-11T08:00:00.000Z"), send],
    [
      "within a day: inside",
      quiet("12:00", "13:00"),
      at("2026-01-10T12:30:00.000Z"),
      delayed("2026-01-10T13:00:00.000Z"),
    ],
    ["within a day: outside", quiet("12:00", "13:00"), at("2026-01-10T13:00:00.000Z"), send],
    [
      "in the customer's zone: night there",
      quiet("21:00", "08:00"),
      at("2026-01-10T12:00:00.000Z", "Asia/Tokyo"),
      delayed("2026-01-10T23:00:00.000Z"),
    ],
    [
      "in the customer's zone: day there",
      quiet("21:00", "08:00"),
      at("2026-01-10T22:00:00.000Z", "America/Los_Angeles"),
      send,
    ],
    [
      "a zone of half an hour",
      quiet("21:00", "08:00"),
      at("2026-01-10T15:30:00.000Z", "Asia/Kolkata"),
      delayed("2026-01-11T02:30:00.000Z"),
    ],
    [
      "the night on which clocks go forward",
      quiet("21:00", "08:00"),
      at("2026-03-28T22:00:00.000Z", "Europe/Berlin"),
      delayed("2026-03-29T06:00:00.000Z"),
    ],
    [
      "the night on which clocks go back",
      quiet("21:00", "08:00"),
      at("2026-10-24T22:00:00.000Z", "Europe/Berlin"),
      delayed("2026-10-25T07:00:00.000Z"),
    ],
    [
      "an end that is skipped",
      quiet("21:00", "02:30"),
      at("2026-03-28T22:00:00.000Z", "Europe/Berlin"),
      delayed("2026-03-29T01:30:00.000Z"),
    ],
    [
      "skip",
      quiet("21:00", "08:00", { otherwise: "skip" }),
      at("2026-01-10T23:00:00.000Z"),
      { kind: "skip", reason: "quiet-hours" },
    ],
    [
      "exit",
      quiet("21:00", "08:00", { otherwise: "exit" }),
      at("2026-01-10T23:00:00.000Z"),
      { kind: "exit", reason: "quiet-hours" },
    ],
    [
      "longer than is allowed",
      quiet("21:00", "08:00", { atMost: "PT8H59M" }),
      at("2026-01-10T23:00:00.000Z"),
      { kind: "skip", reason: "quiet-hours" },
    ],
    [
      "as long as is allowed",
      quiet("21:00", "08:00", { atMost: "PT9H" }),
      at("2026-01-10T23:00:00.000Z"),
      delayed("2026-01-11T08:00:00.000Z"),
    ],
  ])("%s", (_, limits, about, expected) => expect(judgeLimits(limits, about)).toEqual(expected));

  test("a transactional message is sent in quiet hours too, unless the limit says all", () => {
    const night = { ...at("2026-01-10T23:00:00.000Z"), class: "transactional" as const };
    expect(judgeLimits(quiet("21:00", "08:00"), night)).toEqual(send);
    expect(judgeLimits(quiet("21:00", "08:00", { class: "all" }), night)).toEqual(delayed("2026-01-11T08:00:00.000Z"));
  });
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

describe("a wait that ends in the quiet hours, before a message that they concern", () => {
  const quietHours = { from: "21:00", to: "08:00", otherwise: "skip" };
  const classes = new Map([
    ["hello", "marketing" as const],
    ["receipt", "transactional" as const],
  ]);
  const problems = (components: Readonly<Record<string, unknown>>, limits: object = { quietHours }) => {
    const checked = checkJourney(journey({ components, limits }), classes);
    return "problems" in checked ? checked.problems : [];
  };
  const night = { type: "wait", until: { time: "22:00" }, next: "mail" };
  const mail = (template: string) => ({ type: "sendTemplate", template });

  test("is a problem that explains the effect", () => {
    expect(problems({ night, mail: mail("hello") })).toEqual([
      {
        path: "components.night.until.time",
        code: "wait-in-quiet-hours",
        message:
          'The wait ends at 22:00, in the quiet hours from 21:00 to 08:00: the message "mail" would always be skipped. Wait for another time, or change the quiet hours.',
      },
    ]);
  });

  test.each<[string, Readonly<Record<string, unknown>>]>([
    ["a message that was asked for", { night, mail: mail("receipt") }],
    [
      "another wait in between",
      { night: { ...night, next: "day" }, day: { type: "wait", for: "PT12H", next: "mail" }, mail: mail("hello") },
    ],
    ["no message at all", { night: { ...night, next: "tag" }, tag: { type: "addTag", tags: ["a"] } }],
    ["an hour that is not quiet", { night: { ...night, until: { time: "12:00" } }, mail: mail("hello") }],
    [
      "a loop without a message",
      { night: { ...night, next: "tag" }, tag: { type: "addTag", tags: ["a"], next: "night" } },
    ],
  ])("%s is none", (_, components) => expect(problems(components)).toEqual([]));
});
