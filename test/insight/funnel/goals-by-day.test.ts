import { expect, test } from "vitest";
import { goalsByDay } from "../../../insight/funnel/goals-by-day.ts";
import type { Enrollment } from "../../../lambdas/domain/enrollment/enrollment.ts";
import { enrollment } from "../enrolled.ts";

const now = "2026-03-02T09:00:00.000Z";

async function* logs(...all: Enrollment[]) {
  yield* all;
}

const passage = (enteredAt: string, goals: Record<string, string> = {}) => enrollment({ enteredAt, goals });

test("customers count on the day on which they entered, and goals on the day on which they were reached", async () => {
  const days = await goalsByDay(
    logs(
      passage("2026-03-01T23:59:59.999Z", { sale: "2026-03-02T00:00:00.000Z", visit: "2026-03-01T23:59:59.999Z" }),
      passage("2026-03-02T00:00:00.000Z", { sale: "2026-03-02T08:00:00.000Z" }),
    ),
    now,
    3,
  );
  expect(days).toEqual([
    { day: "2026-02-28", entered: 0, goals: {} },
    { day: "2026-03-01", entered: 1, goals: { visit: 1 } },
    { day: "2026-03-02", entered: 1, goals: { sale: 2 } },
  ]);
});

test.each<[string, Enrollment]>([
  [
    "an entry and a goal before the first day",
    passage("2026-02-27T23:59:59.999Z", { sale: "2026-02-27T23:59:59.999Z" }),
  ],
  ["a time after today, of a clock that is ahead", passage("2026-03-03T00:00:00.000Z")],
])("%s counts on no day", async (_, each) => {
  const days = await goalsByDay(logs(each), now, 3);
  expect(days.map(({ entered, goals }) => [entered, goals])).toEqual([
    [0, {}],
    [0, {}],
    [0, {}],
  ]);
});

test("a goal with a name of every object", async () => {
  const [{ goals } = {}] = await goalsByDay(logs(passage(now, { constructor: now })), now, 1);
  expect(goals).toEqual({ constructor: 1 });
});
