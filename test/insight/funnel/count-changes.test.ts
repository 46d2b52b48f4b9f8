import { expect, test } from "vitest";
import { changesOf, changeTexts } from "../../../insight/funnel/count-changes.ts";

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
  expect(changeTexts(changesOf(before, after))).toEqual([
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

test("a migration that gives a component another id is told as a move, and what happened besides as usual", () => {
  const before = {
    active: 2,
    "component.remind.entered": 5,
    "message.remind.sent": 4,
    "message.remind.skipped.no-address": 1,
    "component.wait.entered": 3,
  };
  const after = {
    active: 2,
    "component.remind.entered": 3,
    "component.reminder.entered": 3,
    "message.remind.sent": 3,
    "message.reminder.sent": 1,
    "component.wait.entered": 4,
  };
  expect(changeTexts(changesOf(before, after))).toEqual([
    "at remind → at reminder: 2 moved",
    "remind sent → reminder sent: 1 moved",
    "at reminder +1 (3)",
    "at wait +1 (4)",
    "remind skipped: no address for this channel −1 (0)",
  ]);
});
