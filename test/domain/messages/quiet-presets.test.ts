/** The hours that laws ask for: which messages, in which zone, by state, and on which days. */
import { describe, expect, test } from "vitest";
import { check } from "../../../lambdas/domain/documents/problem.ts";
import { judgeLimits, limits, type Sending } from "../../../lambdas/domain/messages/limits.ts";
import { send, sending } from "./caps.ts";

const preset = { quietHours: "us-sms" } as const;
/** A Monday in New York, at this local time. */
const monday = (time: string) => new Date(`2026-01-12T${time}-05:00`).toISOString();
/** A Sunday there. */
const sunday = (time: string) => new Date(`2026-01-11T${time}-05:00`).toISOString();
const saturday = (time: string) => new Date(`2026-01-10T${time}-05:00`).toISOString();
const text = (now: string, more: Partial<Sending> = {}) =>
  sending({ channel: "sms", zone: "America/New_York", ownZone: "America/New_York", now, reachedAt: now, ...more });
const until = (time: string) => ({ kind: "delay", until: time, reason: "quiet-hours" });

describe("the whole country", () => {
  test.each([
    ["a minute before eight", monday("07:59:59"), until(monday("08:00"))],
    ["at eight", monday("08:00"), send],
    ["just before nine in the evening", monday("20:59:59"), send],
    ["at nine in the evening", saturday("21:00"), until(sunday("08:00"))],
    ["on a Sunday", sunday("12:00"), send],
  ])("%s", (_, now, expected) => expect(judgeLimits(preset, text(now))).toEqual(expected));
});

describe("the customer's state", () => {
  test.each<[string, unknown, string, object]>([
    ["Florida closes at eight", "FL", monday("20:00"), until("2026-01-13T13:00:00.000Z")],
    ["its name in any case", " florida ", monday("20:00"), until("2026-01-13T13:00:00.000Z")],
    ["its code with the country", "US-FL", monday("20:00"), until("2026-01-13T13:00:00.000Z")],
    ["another state does not", "NY", monday("20:00"), send],
    ["no state", undefined, monday("20:00"), send],
    ["a state that is no text", 12, monday("20:00"), send],
    ["a name that every object has", "constructor", monday("20:00"), send],
    ["Connecticut opens at nine", "CT", monday("08:30"), until(monday("09:00"))],
    ["Kentucky opens at ten", "KY", monday("09:59"), until(monday("10:00"))],
    ["Alabama has no Sunday", "AL", sunday("12:00"), until(monday("08:00"))],
    ["a delay from Saturday evening over such a Sunday", "AL", saturday("20:00"), until(monday("08:00"))],
    ["Texas opens at noon on Sunday", "TX", sunday("11:00"), until(sunday("12:00"))],
    ["and at nine on Monday", "TX", monday("08:59"), until(monday("09:00"))],
    ["Rhode Island on Sunday", "RI", sunday("16:59"), send],
    ["Rhode Island on Sunday at five", "RI", sunday("17:00"), until(monday("09:00"))],
    ["Rhode Island on Monday at six", "RI", monday("18:00"), until("2026-01-13T14:00:00.000Z")],
  ])("%s", (_, state, now, expected) => expect(judgeLimits(preset, text(now, { state }))).toEqual(expected));
});

describe("the customer's zone", () => {
  test("decides, and not the journey's", () => {
    const now = "2026-01-12T15:30:00.000Z";
    const about = { zone: "Europe/Berlin", ownZone: "America/Los_Angeles" };
    expect(judgeLimits(preset, text(now, about))).toEqual(until("2026-01-12T16:00:00.000Z"));
  });

  test("of its own is needed, at any time of day", () =>
    expect(judgeLimits(preset, text(monday("12:00"), { ownZone: undefined }))).toEqual({
      kind: "skip",
      reason: "no-timezone",
    }));

  test("on the night in which clocks go forward", () =>
    expect(judgeLimits(preset, text("2026-03-08T02:00:00.000Z"))).toEqual(until("2026-03-08T12:00:00.000Z")));
});

describe("no other message is concerned", () => {
  test.each<[string, Partial<Sending>]>([
    ["an email", { channel: "email" }],
    ["a message that an app sends", { channel: "event" }],
    ["a text message that the customer asked for", { class: "transactional" }],
  ])("%s", (_, more) =>
    expect(judgeLimits(preset, text(monday("03:00"), { ownZone: undefined, ...more }))).toEqual(send),
  );
});

test("a cap that skips wins over the hours, and without a zone nothing else is asked", () => {
  const both = { ...preset, cap: [{ max: 1, within: "P1D", otherwise: "exit" as const }] };
  const sends = [{ messageId: "m", class: "marketing" as const, at: monday("02:00") }];
  expect(judgeLimits(both, text(monday("03:00"), { sends }))).toEqual({ kind: "exit", reason: "frequency-cap" });
  expect(judgeLimits(both, text(monday("03:00"), { sends, ownZone: undefined }))).toMatchObject({ kind: "skip" });
});

test.each([["us-sms"], ["none"]])("%s is a good value of quietHours", (quietHours) =>
  expect(check(limits, { quietHours })).toHaveProperty("value"),
);
