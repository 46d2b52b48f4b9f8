/** Journey format §1.3: `wait`, by a duration or until a time of day. */
import { describe, expect, test } from "vitest";
import { journey, on, start, story, withoutTimes } from "../scenario-of.ts";
import { waiting } from "./waiting.ts";

describe("for: from 1 minute to 365 days", () => {
  test.each([
    ["PT1M", "01-05 10:01"],
    ["PT90M", "01-05 11:30"],
    ["P1DT2H", "01-06 12:00"],
    ["P2W", "01-19 10:00"],
    ["P355D", "12-26 10:00"],
  ])("%s", async (duration, until) => {
    expect(await waiting({ for: duration })).toBe(until);
  });

  test("365 days end in the next year", async () => {
    const components = { rest: { type: "wait", for: "P365D" } };
    const told = await story({ journeys: [journey({ components })], events: [start()], until: "2028-01-01T00:00:00Z" });
    expect(told.at(-1)).toBe("2027-01-05 10:00 | completed");
  });

  test("a day is 24 hours, daylight saving or not", async () => {
    const parts = { timezone: "Europe/Berlin" };
    expect(await waiting({ for: "P1D" }, { at: "03-28 12:00" }, parts)).toBe("03-29 12:00");
  });

  test("the wait begins when the customer reaches the component, not at the event's time", async () => {
    expect(await waiting({ for: "PT1H" }, { time: "2026-01-05T08:00:00Z" })).toBe("01-05 11:00");
  });
});

test("the line has the end of the wait, and the customer goes on exactly then", async () => {
  const components = { rest: { type: "wait", for: "PT1H", next: "tag" }, tag: { type: "addTag", tags: ["after"] } };
  expect(await story({ journeys: [journey({ components })], events: [start("01-05 10:00:00.007")] })).toEqual([
    "01-05 10:00:00.007 | entered v1",
    "01-05 10:00:00.007 | rest waiting 01-05 11:00:00.007",
    "01-05 11:00:00.007 | rest done",
    "01-05 11:00:00.007 | tag done",
    "01-05 11:00:00.007 | completed",
  ]);
});

describe("until a time of day: the next such moment", () => {
  const at9 = { until: { time: "09:00" } };
  test.each([
    ["later the same day", "01-05 08:59", "01-05 09:00"],
    ["at that very moment: tomorrow", "01-05 09:00", "01-06 09:00"],
    ["a millisecond before", "01-05 08:59:59.999", "01-05 09:00"],
    ["past it: tomorrow", "01-05 09:00:00.001", "01-06 09:00"],
    ["over the end of the month", "01-31 10:00", "02-01 09:00"],
  ])("%s", async (_, at, until) => {
    expect(await waiting(at9, { at })).toBe(until);
  });

  test.each([
    ["midnight", "00:00", "01-06 00:00"],
    ["the last minute of the day", "23:59", "01-05 23:59"],
  ])("%s", async (_, time, until) => {
    expect(await waiting({ until: { time } })).toBe(until);
  });
});

describe("weekdays: only on these days (5 January 2026 is a Monday)", () => {
  test.each([
    ["today, when the time is still to come", ["mon"], "01-05 08:00", "01-05 09:00"],
    ["in a week, when it has passed", ["mon"], "01-05 10:00", "01-12 09:00"],
    ["the first of several", ["fri", "wed"], "01-05 10:00", "01-07 09:00"],
    ["round the week's end", ["sun", "tue"], "01-07 10:00", "01-11 09:00"],
    ["every day", ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "01-10 10:00", "01-11 09:00"],
  ])("%s", async (_, weekdays, at, until) => {
    expect(await waiting({ until: { time: "09:00", weekdays } }, { at })).toBe(until);
  });

  test("the day is the zone's, not UTC's", async () => {
    const until = { time: "01:00", weekdays: ["tue"], timezone: "Asia/Tokyo" };
    expect(await waiting({ until }, { at: "01-05 10:00" })).toBe("01-05 16:00");
  });
});

describe("the zone of a wait: the wait's own, else customer.timezone, else the journey's, else UTC", () => {
  const [tokyo, berlin, newYork] = ["Asia/Tokyo", "Europe/Berlin", "America/New_York"];
  test.each([
    ["all three are set: the wait's own", tokyo, berlin, newYork, "01-06 00:00"],
    ["the customer's and the journey's are set: the customer's", undefined, berlin, newYork, "01-06 08:00"],
    ["the journey's alone is set: the journey's", undefined, undefined, newYork, "01-05 14:00"],
    ["none is set: UTC", undefined, undefined, undefined, "01-06 09:00"],
    ["the wait's own and the journey's are set: the wait's own", tokyo, undefined, newYork, "01-06 00:00"],
    ["the wait's own alone is set: the wait's own", tokyo, undefined, undefined, "01-06 00:00"],
  ])("%s", async (_, own, customers, journeys, until) => {
    const wait = { until: { time: "09:00", ...(own && { timezone: own }) } };
    const customer = customers === undefined ? {} : { timezone: customers };
    expect(await waiting(wait, { customer }, journeys === undefined ? {} : { timezone: journeys })).toBe(until);
  });

  test("the customer's zone at the beginning of the wait counts", async () => {
    const given = { customer: { timezone: berlin } };
    expect(await waiting({ until: { time: "09:00" } }, given)).toBe("01-06 08:00");
    const told = await story({
      journeys: [journey({ components: { rest: { type: "wait", until: { time: "09:00" } } } })],
      events: [start("01-05 10:00", { customer: { timezone: tokyo } })],
    });
    expect(told.at(-1)).toBe("01-06 00:00 | completed");
  });
});

describe("daylight saving", () => {
  const berlin = (time: string) => ({ until: { time, timezone: "Europe/Berlin" } });
  const newYork = (time: string) => ({ until: { time, timezone: "America/New_York" } });
  test.each([
    [
      "spring: an hour that the clocks skip comes as much later as they jump",
      berlin("02:30"),
      "03-28 12:00",
      "03-29 01:30",
    ],
    ["spring: the first hour after the gap", berlin("03:00"), "03-28 12:00", "03-29 01:00"],
    ["spring: the day before", berlin("02:30"), "03-27 12:00", "03-28 01:30"],
    ["spring: the day after", berlin("02:30"), "03-29 12:00", "03-30 00:30"],
    ["spring: 09:00 stays 09:00", berlin("09:00"), "03-28 12:00", "03-29 07:00"],
    ["autumn: an hour that comes twice is taken the first time", berlin("02:30"), "10-24 12:00", "10-25 00:30"],
    ["autumn: between the two: the next day", berlin("02:30"), "10-25 01:00", "10-26 01:30"],
    ["autumn: 09:00 stays 09:00", berlin("09:00"), "10-24 12:00", "10-25 08:00"],
    ["another zone's spring", newYork("02:30"), "03-07 18:00", "03-08 07:30"],
    ["another zone's autumn", newYork("01:30"), "10-31 18:00", "11-01 05:30"],
    [
      "half an hour's change",
      { until: { time: "02:15", timezone: "Australia/Lord_Howe" } },
      "10-03 12:00",
      "10-03 15:45",
    ],
  ])("%s", async (_, wait, at, until) => {
    expect(await waiting(wait, { at })).toBe(until);
  });
});

test("a loop with a wait goes on until an exit", async () => {
  const components = {
    rest: { type: "wait", for: "P1D", next: "tag" },
    tag: { type: "addTag", tags: ["x"], next: "rest" },
  };
  const exit = [{ id: "enough", event: "enough" }];
  const events = [start(), { at: on("01-08 09:00"), event: "enough", customerId: "c-1" }];
  expect(withoutTimes(await story({ journeys: [journey({ components, exit })], events }))).toEqual([
    "entered v1",
    "rest waiting 01-06 10:00",
    "rest done",
    "tag done",
    "rest waiting 01-07 10:00",
    "rest done",
    "tag done",
    "rest waiting 01-08 10:00",
    "exited enough at rest",
  ]);
});

test("a loop whose wait is always over already fails with a reason instead of running for ever", async () => {
  const components = {
    rest: { type: "wait", until: { field: "customer.never", ifPast: "continue", ifMissing: "continue" }, next: "tag" },
    tag: { type: "addTag", tags: ["x"], next: "rest" },
  };
  expect((await story({ journeys: [journey({ components })], events: [start()] })).at(-1)).toBe(
    "01-05 10:00 | failed endless-loop",
  );
});
