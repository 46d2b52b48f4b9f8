/** When an ended enrollment leaves the way of the customer's events. */
import { expect, test } from "vitest";
import { isLateForClosed, mayBeClosed, mayClose } from "../../../lambdas/domain/enrollment/closed.ts";
import type { Enrollment } from "../../../lambdas/domain/enrollment/enrollment.ts";
import type { Goal } from "../../../lambdas/domain/journey/journey.ts";
import { on } from "../../behaviour/scenario-of.ts";
import { enrolled } from "../enrolled.ts";

const NOW = on("03-01 10:00");
const DAY_AGO = on("02-28 10:00");
const JUST_BEFORE = on("02-28 09:59:59.999");
const ended: Partial<Enrollment> = { status: "completed", enteredAt: on("01-05 10:00"), endedAt: JUST_BEFORE };
const sale: Goal = { id: "sale", event: "order" };

test.each<[string, boolean, Partial<Enrollment>, Goal[]]>([
  ["ended more than a day ago, without goals", true, {}, []],
  ["ended exactly a day ago", false, { endedAt: DAY_AGO }, []],
  ["exited", true, { status: "exited" }, []],
  ["failed", true, { status: "failed" }, []],
  ["is active", false, { status: "active" }, []],
  ["has an execution that must still be stopped", false, { unstopped: true }, []],
  ["is being erased", false, { erasedParts: 1 }, []],
  ["is closed already", false, { closed: true }, []],
  ["has no time of its end", false, { endedAt: undefined as never }, []],
  ["has a goal whose 30 days have passed for more than a day", true, {}, [sale]],
  [
    "has a goal whose time ended just more than a day ago",
    true,
    { enteredAt: JUST_BEFORE },
    [{ ...sale, within: "PT0S" }],
  ],
  ["has a goal whose time ended exactly a day ago", false, { enteredAt: DAY_AGO }, [{ ...sale, within: "PT0S" }]],
  ["has a goal that still counts", false, {}, [{ ...sale, within: "P60D" }]],
  ["has reached that goal", true, { goals: { sale: on("01-06 10:00") } }, [{ ...sale, within: "P60D" }]],
  ["has reached only another", false, { goals: { visit: on("01-06 10:00") } }, [{ ...sale, within: "P60D" }]],
  [
    "has two goals, of which one still counts",
    false,
    {},
    [
      { ...sale, within: "P60D" },
      { id: "visit", event: "visit" },
    ],
  ],
])("an enrollment that %s: %s", (_, expected, more, goals) => {
  expect(mayClose(enrolled({ ...ended, ...more }), { goals }, NOW)).toBe(expected);
});

test.each([
  ["more than a day ago", JUST_BEFORE, true],
  ["a day ago", DAY_AGO, false],
  ["now", NOW, false],
])("an event that happened %s is late for closed enrollments: %s", (_, time, expected) => {
  expect(isLateForClosed(time, NOW)).toBe(expected);
});

test.each([
  ["half a day ago", on("02-28 22:00"), false],
  ["more than half a day ago", on("02-28 21:59:59.999"), true],
  ["in five minutes, by a clock that is fast", on("03-01 10:05"), false],
])("a trigger that happened %s may have a closed enrollment: %s", (_, time, expected) => {
  expect(mayBeClosed(time, NOW)).toBe(expected);
});
