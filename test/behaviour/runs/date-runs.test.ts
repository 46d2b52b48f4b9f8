/** Journeys that start on a date of the customer. */
import { describe, expect, test } from "vitest";
import { ann, type Document, journey, story, tell } from "../scenario-of.ts";
import { until } from "./people.ts";

describe("a date", () => {
  const birthday = (date: Document = {}) =>
    journey({
      trigger: { date: { field: "customer.birthday", time: "09:00", repeat: "yearly", ...date } },
      components: { hello: { type: "sendTemplate", template: "hello" } },
    });

  const mails = async (customer: Document, date: Document = {}, from = "2026-01-01", to = "2029-12-31") => {
    const told = await tell({
      journeys: [birthday(date)],
      customers: [{ ...ann, ...customer }],
      events: [{ at: `${from}T00:00:00Z`, event: "other", customerId: "c-1" }],
      until: `${to}T00:00:00Z`,
    });
    return told.lines.filter(({ kind }) => kind === "message").map(({ at }) => at.slice(0, 16));
  };

  test.each<[string, Document, Document, string[]]>([
    [
      "on each anniversary",
      { birthday: "1990-06-30" },
      {},
      ["2026-06-30T09:00", "2027-06-30T09:00", "2028-06-30T09:00", "2029-06-30T09:00"],
    ],
    [
      "born on 29 February: on the 28th in other years",
      { birthday: "2000-02-29" },
      {},
      ["2026-02-28T09:00", "2027-02-28T09:00", "2028-02-29T09:00", "2029-02-28T09:00"],
    ],
    [
      "born on 28 February",
      { birthday: "2000-02-28" },
      {},
      ["2026-02-28T09:00", "2027-02-28T09:00", "2028-02-28T09:00", "2029-02-28T09:00"],
    ],
    [
      "born on 1 March",
      { birthday: "2000-03-01" },
      {},
      ["2026-03-01T09:00", "2027-03-01T09:00", "2028-03-01T09:00", "2029-03-01T09:00"],
    ],
    [
      "three days before 2 March",
      { birthday: "2000-03-02" },
      { offset: "-P3D" },
      ["2026-02-27T09:00", "2027-02-27T09:00", "2028-02-28T09:00", "2029-02-27T09:00"],
    ],
    [
      "a day after 31 December",
      { birthday: "2000-12-31" },
      { offset: "P1D" },
      ["2026-01-01T09:00", "2027-01-01T09:00", "2028-01-01T09:00", "2029-01-01T09:00"].slice(1),
    ],
    [
      "in the customer's zone",
      { birthday: "1990-06-30", timezone: "Asia/Tokyo" },
      { repeat: "yearly" },
      ["2026-06-30T00:00", "2027-06-30T00:00", "2028-06-30T00:00", "2029-06-30T00:00"],
    ],
    [
      "in a zone of the trigger",
      { birthday: "1990-06-30", timezone: "Asia/Tokyo" },
      { timezone: "America/New_York" },
      ["2026-06-30T13:00", "2027-06-30T13:00", "2028-06-30T13:00", "2029-06-30T13:00"],
    ],
    ["not before the date itself", { birthday: "2028-06-30" }, {}, ["2028-06-30T09:00", "2029-06-30T09:00"]],
  ])("%s", async (_, customer, date, expected) => {
    expect(await mails(customer, date)).toEqual(expected);
  });

  test.each<[string, unknown, string[]]>([
    ["a date", "2026-02-10", ["2026-02-07T09:00"]],
    ["a moment: its day in the customer's zone", "2026-02-10T23:30:00Z", ["2026-02-07T09:00"]],
    ["UNIX seconds", 1770681600, ["2026-02-07T09:00"]],
    ["a date of another year", "2025-02-10", []],
  ])("that does not repeat: %s", async (_, trialEnds, expected) => {
    const date = { field: "customer.trialEnds", repeat: "never", offset: "-P3D" };
    expect(await mails({ trialEnds }, date, "2026-01-01", "2026-12-31")).toEqual(expected);
  });

  test("a field that holds no date lets nobody in, and is counted", async () => {
    const customers = [
      { ...ann, birthday: "soon" },
      { customerId: "c-2" },
      { customerId: "c-3", birthday: "2000-06-30" },
    ];
    const told = await story({ journeys: [birthday()], customers, ...until("01-02 12:00") });
    expect(told).toEqual([
      '01-01 09:00 | run 2 considered, 0 entered {"no-time":2}',
      '01-02 09:00 | run 2 considered, 0 entered {"no-time":2}',
    ]);
  });
});
