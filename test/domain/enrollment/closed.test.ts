/** When an ended enrollment stops counting for the customer's events. */
import { expect, test } from "vitest";
import { countsForClosed, extendsGoals, mayBeClosed, mayClose } from "../../../lambdas/domain/enrollment/closed.ts";
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

test.each<[string, boolean, string | undefined, string]>([
  ["happened more than a day ago, and a goal listens to it", true, "", JUST_BEFORE],
  ["happened exactly a day ago", false, "", DAY_AGO],
  ["happens now", false, "", NOW],
  ["happened more than a day ago, and no goal listens to it", false, undefined, JUST_BEFORE],
  ["happens now, and a goal of an edit counts until then", true, NOW, NOW],
  ["happens now, and a goal of an edit counted until a day ago", false, DAY_AGO, NOW],
])("an event that %s may count for closed enrollments: %s", (_, expected, reopenUntil, time) => {
  expect(countsForClosed(reopenUntil, time, NOW)).toBe(expected);
});

test.each<[string, boolean, Goal[] | undefined, Goal[] | undefined]>([
  ["adds a first goal", true, undefined, [sale]],
  ["adds another goal", true, [sale], [sale, { id: "visit" }]],
  ["lengthens one", true, [{ ...sale, within: "P7D" }], [{ ...sale, within: "P60D" }]],
  ["gives one the usual time", true, [{ ...sale, within: "P7D" }], [sale]],
  ["changes the event of one", false, [sale], [{ ...sale, event: "buy" }]],
  ["removes one", false, [sale, { id: "visit" }], [sale]],
  ["changes none", false, [sale], [sale]],
])("an edit that %s makes goals count for longer: %s", (_, expected, before, after) => {
  expect(extendsGoals({ goals: before }, { goals: after })).toBe(expected);
});

test.each([
  ["half a day ago", on("02-28 22:00"), false],
  ["more than half a day ago", on("02-28 21:59:59.999"), true],
  ["in five minutes, by a clock that is fast", on("03-01 10:05"), false],
])("a trigger that happened %s may have a closed enrollment: %s", (_, time, expected) => {
  expect(mayBeClosed(time, NOW)).toBe(expected);
});
