/** Quiet hours. */
import { describe, expect, test } from "vitest";
import { checkJourney } from "../../../lambdas/domain/checks/check-journey.ts";
import { judgeLimits, type Limits, type Sending } from "../../../lambdas/domain/messages/limits.ts";
import { journey } from "../../behaviour/scenario-of.ts";
import { send, sending } from "./caps.ts";

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
      "an end that comes twice, before both",
      quiet("21:00", "02:30"),
      at("2026-10-24T22:00:00.000Z", "Europe/Berlin"),
      delayed("2026-10-25T00:30:00.000Z"),
    ],
    [
      "an end that comes twice, between both",
      quiet("21:00", "02:30"),
      at("2026-10-25T01:10:00.000Z", "Europe/Berlin"),
      delayed("2026-10-25T01:30:00.000Z"),
    ],
    [
      "an end that comes twice, after both",
      quiet("21:00", "02:30"),
      at("2026-10-25T01:40:00.000Z", "Europe/Berlin"),
      send,
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
