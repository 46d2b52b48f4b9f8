/** Alarms of one stack, told apart from alarms of stacks with a similar name. */
import { expect, test } from "vitest";
import { alarmIn } from "../../../stack/observe/alarm-name.ts";

test.each([
  ["Shop", "Shop-JourneysReconcilerSilent1A2B-ABCDEF123456", "JourneysReconcilerSilent1A2B"],
  ["Shop", "Shop-dev-JourneysReconcilerSilent1A2B-ABCDEF123456", undefined],
  ["Shop-dev", "Shop-dev-JourneysReconcilerSilent1A2B-ABCDEF123456", "JourneysReconcilerSilent1A2B"],
  ["Shop", "Shopping-JourneysReconcilerSilent1A2B-ABCDEF123456", undefined],
])("of the stack %s, the alarm %s is %s", (stack, name, id) => expect(alarmIn(stack, name)).toBe(id));
