/** The next runs of a journey, in words. */
import { expect, test } from "vitest";
import { nextRuns } from "../../../insight/words/next-runs.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";

const NOW = "2026-03-27T12:00:00.000Z";
const texts = (trigger: object, timezone?: string) =>
  nextRuns({ trigger, timezone } as Journey, NOW).map(({ text }) => text);

test.each<[string, object, string[]]>([
  [
    "a weekly schedule, through a change of the clocks",
    { schedule: { cron: "0 9 * * mon", timezone: "Europe/Berlin" } },
    ["2026-03-30 07:00 UTC", "2026-04-06 07:00 UTC", "2026-04-13 07:00 UTC"],
  ],
  ["one moment", { schedule: { at: "2026-12-01T09:00" } }, ["2026-12-01 09:00 UTC"]],
  ["a moment that is over", { schedule: { at: "2026-01-01T09:00" } }, []],
  [
    "the clocks of the customers",
    { schedule: { cron: "0 9 1 * *", timezone: "customer" } },
    [
      "2026-04-01 09:00 on each customer's clock",
      "2026-05-01 09:00 on each customer's clock",
      "2026-06-01 09:00 on each customer's clock",
    ],
  ],
  [
    "a date of the customers",
    { date: { field: "customer.birthday", repeat: "yearly" } },
    ["for the day 2026-03-29", "for the day 2026-03-30", "for the day 2026-03-31"],
  ],
  ["an event", { event: "go" }, []],
])("%s", (_, trigger, expected) => {
  expect(texts(trigger)).toEqual(expected);
});

test("the journey's zone counts when the schedule has none", () => {
  expect(texts({ schedule: { cron: "30 0 28 3 *" } }, "Asia/Tokyo")[0]).toBe("2026-03-27 15:30 UTC");
});
