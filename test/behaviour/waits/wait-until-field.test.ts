/** Journey format §1.3: `wait` until the time in a field. */
import { describe, expect, test } from "vitest";
import { ann, journey, on, start, story } from "../scenario-of.ts";
import { waiting } from "./waiting.ts";

describe("until a field's time", () => {
  const trial = (more: object = {}) => ({ until: { field: "customer.trialEndsAt", ifPast: "continue", ...more } });
  const ends = (trialEndsAt: unknown) => ({ customer: { trialEndsAt } });
  test.each([
    ["that moment", trial(), ends(on("01-20 12:00")), "01-20 12:00"],
    ["before it", trial({ offset: "-P3D" }), ends(on("01-20 12:00")), "01-17 12:00"],
    ["after it", trial({ offset: "PT90M" }), ends(on("01-20 12:00")), "01-20 13:30"],
    ["after it, signed", trial({ offset: "+P1D" }), ends(on("01-20 12:00")), "01-21 12:00"],
    ["a time of another zone", trial(), ends("2026-01-20T12:00:00+02:00"), "01-20 10:00"],
    [
      "the event's field",
      { until: { field: "event.at", ifPast: "continue" } },
      { data: { at: on("01-07 00:00") } },
      "01-07 00:00",
    ],
  ])("%s", async (_, wait, given, until) => {
    expect(await waiting(wait, given)).toBe(until);
  });

  describe("ifPast", () => {
    const past = [
      ["the moment has passed", {}, on("01-05 09:59")],
      ["the moment is now", {}, on("01-05 10:00")],
      ["the offset makes it past", { offset: "-P3D" }, on("01-07 10:00")],
      ["the date has passed", {}, "2026-01-05"],
      ["the UNIX seconds have passed", {}, 1_767_607_199],
      ["the UNIX milliseconds have passed", {}, 1_767_607_199_999],
    ] as const;
    test.each(past)("continue: goes on at once when %s", async (_, more, value) => {
      expect(await waiting(trial(more), { customer: { trialEndsAt: value } })).toBe("01-05 10:00");
    });
    test.each(past)("exit: exits when %s", async (_, more, value) => {
      const told = await waiting(trial({ ...more, ifPast: "exit" }), { customer: { trialEndsAt: value } });
      expect(told).toBe("01-05 10:00 | exited if-past at rest");
    });
    test.each(["continue", "exit"])("%s: the customer waits for a moment in the future", async (ifPast) => {
      expect(await waiting(trial({ ifPast }), ends(on("01-05 10:00:00.001")))).toBe("01-05 10:00:00.001");
    });
  });

  describe("a field that holds no time: ifMissing decides", () => {
    const none = [
      ["the field is missing", null],
      ["the field holds a text", "tomorrow"],
      ["the field holds an empty text", ""],
      ["the field holds a day that does not exist", "2026-02-30"],
      ["the field holds a number of another length", 123_456],
      ["the field holds a list", ["2026-01-20"]],
    ] as const;
    test.each(none)("left out: exits when %s, whatever ifPast says", async (_, value) => {
      for (const ifPast of ["continue", "exit"])
        expect(await waiting(trial({ ifPast }), { customer: { trialEndsAt: value } })).toBe(
          "01-05 10:00 | exited no-time at rest",
        );
    });
    test.each(none)("exit: exits when %s", async (_, value) => {
      const told = await waiting(trial({ ifMissing: "exit" }), { customer: { trialEndsAt: value } });
      expect(told).toBe("01-05 10:00 | exited no-time at rest");
    });
    test.each(none)("continue: goes on at once, with the reason, when %s", async (_, value) => {
      const told = await waiting(trial({ ifMissing: "continue", ifPast: "exit" }), {
        customer: { trialEndsAt: value },
      });
      expect(told).toBe("01-05 10:00 (no-time)");
    });
  });

  describe("every form of a time, in the customer's zone, else the journey's, else UTC", () => {
    test.each<[string, unknown, object, object, string]>([
      ["RFC 3339 in small letters", "2026-01-20t12:00:00z", {}, {}, "01-20 12:00"],
      ["UNIX seconds", 1_768_910_400, {}, {}, "01-20 12:00"],
      ["UNIX milliseconds", 1_768_910_400_000, {}, {}, "01-20 12:00"],
      ["a date in UTC", "2026-01-20", {}, {}, "01-20 00:00"],
      ["a date in the journey's zone", "2026-01-20", {}, { timezone: "Asia/Tokyo" }, "01-19 15:00"],
      [
        "a date in the customer's zone",
        "2026-01-20",
        { timezone: "America/New_York" },
        { timezone: "Asia/Tokyo" },
        "01-20 05:00",
      ],
      ["a date in summer time", "2026-07-20", { timezone: "Europe/Berlin" }, {}, "07-19 22:00"],
    ])("%s", async (_, trialEndsAt, customer, more, until) => {
      expect(await waiting(trial(), { customer: { trialEndsAt, ...customer } }, more)).toBe(until);
    });

    test("time says another time of day than midnight, and only for a date", async () => {
      const at = trial({ time: "09:00" });
      const berlin = { timezone: "Europe/Berlin" };
      expect(await waiting(at, { customer: { trialEndsAt: "2026-01-20", ...berlin } })).toBe("01-20 08:00");
      expect(await waiting(at, { customer: { trialEndsAt: on("01-20 12:00"), ...berlin } })).toBe("01-20 12:00");
    });

    test("an offset counts from that time of day", async () => {
      const before = trial({ time: "09:00", offset: "-P3D" });
      expect(await waiting(before, { customer: { trialEndsAt: "2026-01-20" } })).toBe("01-17 09:00");
    });
  });

  test("the field's value at the beginning of the wait counts: a later change has no effect", async () => {
    const components = { rest: { type: "wait", ...trial() } };
    const told = await story({
      journeys: [journey({ components })],
      customers: [{ ...ann, trialEndsAt: on("01-20 12:00") }],
      events: [
        start(),
        {
          at: on("01-06 10:00"),
          event: "customer.updated",
          customerId: "c-1",
          customer: { trialEndsAt: on("01-30 12:00") },
        },
      ],
    });
    expect(told.at(-1)).toBe("01-20 12:00 | completed");
  });
});
