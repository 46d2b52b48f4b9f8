/** What starts a journey, and how often a customer may enter. Without schemas: the functions that handle events need this. */
import type { EntryRule, Trigger } from "./trigger.ts";

/** How often a customer may enter. A schedule or date that repeats would be of no use if it let each customer in once. */
export function entryRuleOf({ entry, schedule, date }: Trigger): EntryRule {
  if (entry !== undefined) return entry;
  const repeats = (schedule !== undefined && !("at" in schedule)) || date?.repeat === "yearly";
  return repeats ? "always" : "once";
}

/** Whether a change of the customer is what lets customers in. */
export function isByChange({ event, schedule, date }: Partial<Record<keyof Trigger, unknown>>): boolean {
  return event === undefined && schedule === undefined && date === undefined;
}
