/**
 * What starts a journey, and how often a customer may enter. This file imports no schemas, because the functions that
 * handle events use it.
 */
import type { EntryRule, Trigger } from "./trigger.ts";

/**
 * How often a customer may enter. A repeated schedule or date would be useless if each customer could enter only once.
 */
export function entryRuleOf({ entry, schedule, date }: Trigger): EntryRule {
  if (entry !== undefined) return entry;
  const repeats = (schedule !== undefined && !("at" in schedule)) || date?.repeat === "yearly";
  return repeats ? "always" : "once";
}

/** Whether the trigger is a change of the customer. */
export function isByChange({ event, schedule, date }: Partial<Record<keyof Trigger, unknown>>): boolean {
  return event === undefined && schedule === undefined && date === undefined;
}
