import { expect, test } from "vitest";
import { changesOf, changeText } from "../../../insight/funnel/count-changes.ts";

test("the changes between two readings, in the order of a journey", () => {
  const before = { entered: 1, active: 1, "component.remind.entered": 1 };
  const after = {
    active: 0,
    "exited.bought": 1,
    exited: 1,
    "goal.purchase": 1,
    "message.remind.skipped.no-address": 1,
    "message.remind.sent": 2,
    "component.remind.left.done": 1,
    "component.remind.entered": 3,
    entered: 3,
  };
  expect(changesOf(before, after).map(changeText)).toEqual([
    "entered +2 (3)",
    "at remind +2 (3)",
    "remind → done +1 (1)",
    "remind sent +2 (2)",
    "remind skipped: no address for this channel +1 (1)",
    "goal purchase +1 (1)",
    "exited +1 (1)",
    "exited: bought +1 (1)",
    "inside −1 (0)",
  ]);
});

test("equal counts have no changes", () => {
  expect(changesOf({ entered: 1 }, { entered: 1 })).toEqual([]);
});
