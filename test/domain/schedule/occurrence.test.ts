/** When audience runs start: schedules and dates in every zone, through changes of the clocks. */
import { describe, expect, test } from "vitest";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import type { Trigger } from "../../../lambdas/domain/journey/trigger.ts";
import { nextOccurrence, nextOccurrences } from "../../../lambdas/domain/schedule/occurrence.ts";
import { localTime } from "../../../lambdas/domain/time/local-time.ts";
import { plus, type Time, toMilliseconds } from "../../../lambdas/domain/time/time.ts";

const HOUR = 3_600_000;

const journey = (trigger: Trigger, timezone?: string) => ({ trigger, timezone }) as unknown as Journey;

const starts = (trigger: Trigger, after: string, timezone?: string) =>
  nextOccurrences(journey(trigger, timezone), after, 3).map(({ at }) => at.replace(":00.000Z", "Z"));

describe("a schedule", () => {
  test.each<[string, Trigger["schedule"], string, string[]]>([
    [
      "by cron, in UTC",
      { cron: "0 9 * * mon" },
      "2026-01-05T09:00:00.000Z",
      ["2026-01-12T09:00Z", "2026-01-19T09:00Z", "2026-01-26T09:00Z"],
    ],
    [
      "by cron, just before its moment",
      { cron: "0 9 * * mon" },
      "2026-01-05T08:59:59.999Z",
      ["2026-01-05T09:00Z", "2026-01-12T09:00Z", "2026-01-19T09:00Z"],
    ],
    [
      "by cron, into summer time",
      { cron: "0 9 * * *", timezone: "Europe/Berlin" },
      "2026-03-27T12:00:00.000Z",
      ["2026-03-28T08:00Z", "2026-03-29T07:00Z", "2026-03-30T07:00Z"],
    ],
    [
      "in an hour that summer time skips: moved by the gap",
      { cron: "30 2 * * *", timezone: "Europe/Berlin" },
      "2026-03-28T12:00:00.000Z",
      ["2026-03-29T01:30Z", "2026-03-30T00:30Z", "2026-03-31T00:30Z"],
    ],
    [
      "in an hour that comes twice: the first one, once",
      { cron: "30 2 * * *", timezone: "Europe/Berlin" },
      "2026-10-24T12:00:00.000Z",
      ["2026-10-25T00:30Z", "2026-10-26T01:30Z", "2026-10-27T01:30Z"],
    ],
    [
      "every half hour, while an hour comes twice",
      { cron: "*/30 * * * *", timezone: "Europe/Berlin" },
      "2026-10-25T00:00:00.000Z",
      ["2026-10-25T00:30Z", "2026-10-25T02:00Z", "2026-10-25T02:30Z"],
    ],
    [
      "at a local time",
      { at: "2026-07-01T09:00", timezone: "Europe/Berlin" },
      "2026-01-01T00:00:00.000Z",
      ["2026-07-01T07:00Z"],
    ],
    [
      "at a time with an offset",
      { at: "2026-07-01T09:00:00+05:00", timezone: "Europe/Berlin" },
      "2026-01-01T00:00:00.000Z",
      ["2026-07-01T04:00Z"],
    ],
    ["at a time that is past", { at: "2025-07-01T09:00" }, "2026-01-01T00:00:00.000Z", []],
    [
      "every day from midnight",
      { every: "P1D", timezone: "America/New_York" },
      "2026-01-05T12:00:00.000Z",
      ["2026-01-06T05:00Z", "2026-01-07T05:00Z", "2026-01-08T05:00Z"],
    ],
    [
      "every week, from Thursday 1 January 1970",
      { every: "P1W" },
      "2026-01-05T12:00:00.000Z",
      ["2026-01-08T00:00Z", "2026-01-15T00:00Z", "2026-01-22T00:00Z"],
    ],
    [
      "in the customers' zones: when the first zone reaches the time",
      { cron: "0 9 * * mon", timezone: "customer" },
      "2026-01-05T12:00:00.000Z",
      ["2026-01-11T19:00Z", "2026-01-18T19:00Z", "2026-01-25T19:00Z"],
    ],
  ])("%s", (_, schedule, after, expected) => {
    expect(starts({ schedule }, after)).toEqual(expected);
  });

  test("without a zone of its own has the journey's", () => {
    expect(starts({ schedule: { cron: "0 9 * * mon" } }, "2026-01-05T12:00:00.000Z", "Asia/Tokyo")[0]).toBe(
      "2026-01-12T00:00Z",
    );
  });

  test("in the customers' zones knows the time on their clocks", () => {
    expect(
      nextOccurrence(
        journey({ schedule: { at: "2026-07-01T09:00", timezone: "customer" } }),
        "2026-01-01T00:00:00.000Z",
      ),
    ).toEqual({
      at: "2026-06-30T19:00:00.000Z",
      local: Date.UTC(2026, 6, 1, 9),
    });
  });
});

test("a date has one run a day, an hour before the day begins in the first zone", () => {
  const date = { field: "customer.birthday", time: "09:00", repeat: "yearly" } as const;
  expect(starts({ date }, "2026-01-05T09:00:00.000Z")).toEqual([
    "2026-01-06T09:00Z",
    "2026-01-07T09:00Z",
    "2026-01-08T09:00Z",
  ]);
  expect(nextOccurrence(journey({ date }), "2026-01-05T08:59:59.999Z")).toEqual({
    at: "2026-01-05T09:00:00.000Z",
    local: Date.UTC(2026, 0, 6),
  });
});

test("an event has no occurrence", () => {
  expect(nextOccurrence(journey({ event: "order.placed" }), "2026-01-05T09:00:00.000Z")).toBeUndefined();
});

/** Zones and the days around a change of their clocks. Samoa has left out 30 December 2011. */
const changes = [
  ["Europe/Berlin", "2026-03-28T12:00:00.000Z"],
  ["Europe/Berlin", "2026-10-24T12:00:00.000Z"],
  ["America/New_York", "2026-03-07T12:00:00.000Z"],
  ["Australia/Lord_Howe", "2026-10-03T04:00:00.000Z"],
  ["Australia/Lord_Howe", "2026-04-04T04:00:00.000Z"],
  ["Pacific/Apia", "2011-12-29T04:00:00.000Z"],
  ["UTC", "2026-05-05T12:00:00.000Z"],
] as const;
const minutes = { "*/15": [0, 15, 30, 45], "15,40": [15, 40], "7": [7] };

describe.each(changes)("in %s from %s on", (timezone, from) => {
  test.each(Object.keys(minutes) as (keyof typeof minutes)[])("%s: each local time comes once, in order", (minute) => {
    const [start, end] = [toMilliseconds(from), toMilliseconds(plus(from, "PT30H"))];
    const expected = new Set<number>();
    // Every local time of these hours in any zone.
    for (let hour = Math.floor(start / HOUR) - 26; hour * HOUR < end + 26 * HOUR; hour++)
      for (const each of minutes[minute]) expected.add(localTime(hour * HOUR + each * 60_000, timezone));
    const found: number[] = [];
    const letter = journey({ schedule: { cron: `${minute} * * * *`, timezone } });
    for (let at: Time = from; ; ) {
      const next = nextOccurrence(letter, at);
      if (!next || toMilliseconds(next.at) > end) break;
      found.push(toMilliseconds(next.at));
      at = next.at;
    }
    expect(found).toEqual([...expected].filter((each) => each > start && each <= end).sort((a, b) => a - b));
  });
});
