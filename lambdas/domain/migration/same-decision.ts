/**
 * Whether a component makes the same decision or change, or waits for the same thing, in two versions. Names, notes and
 * the next components do not count, and neither does the text of a message: a component that sends stays the same
 * message. How long a customer waits does not count either: a running wait keeps its end, and `sameOutcome` judges a
 * wait that is over.
 */
import type { Step } from "../enrollment/enrollment.ts";
import type { Component, ComponentOf } from "../journey/component.ts";
import type { Journey } from "../journey/journey.ts";
import { durationMilliseconds, plus } from "../time/time.ts";
import { canonical, type Json } from "../values/json.ts";
import type { Renames } from "./rename.ts";

export function sameDecision(
  [before, old]: readonly [Component, Journey],
  [after, next]: readonly [Component, Journey],
  renames: Renames,
): boolean {
  if (before.type !== after.type) return false;
  return decisionText(before, old, renames) === decisionText(after, next, new Map());
}

function decisionText(component: Component, journey: Journey, renames: Renames): string {
  const timezone = journey.timezone ?? "UTC";
  switch (component.type) {
    case "condition":
      return text({ timezone, branches: component.branches.map(({ when }) => renamedMessages(when, renames)) });
    case "split":
      return text(component.branches.map(({ percent }) => percent));
    case "waitFor":
      return text({
        timezone,
        branches: component.branches.map(({ next: _, ...rule }) => renamedMessages(rule, renames)),
      });
    case "messageStatusRule":
      return text({ message: renames.get(component.message) ?? component.message, status: component.status });
    case "wait":
      return mayExit(component) ? text({ timezone, until: component.until ?? null }) : "";
    case "sendTemplate":
      return "";
    case "addTag":
    case "removeTag":
    case "updateCustomer":
    case "emitEvent": {
      const { name: _, note: __, next: ___, ...change } = component;
      return text(change);
    }
  }
}

/** Whether a wait may end the journey for a customer. */
export function mayExit({ until }: ComponentOf<"wait">): boolean {
  return until !== undefined && "field" in until && (until.ifPast === "exit" || until.ifMissing !== "continue");
}

const text = (value: unknown) => canonical(JSON.parse(JSON.stringify(value)) as Json);

/** A condition names a message by its component. */
function renamedMessages(value: unknown, renames: Renames): unknown {
  if (Array.isArray(value)) return value.map((item) => renamedMessages(item, renames));
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => {
    const isMessage = name === "message" && "status" in value && typeof member === "string";
    return [name, isMessage ? (renames.get(member) ?? member) : renamedMessages(member, renames)];
  });
  return Object.fromEntries(members);
}

/** Whether a wait that is over would have ended with the same outcome, if it lasts as long as in the new version. */
export function sameOutcome(step: Step, before: Component, after: Component): boolean {
  if (!("within" in before && "within" in after) || before.within === after.within) return true;
  const { at, until, metAt, leftAt = at } = step;
  const timedOut = until !== undefined && (step.outcome === "notMet" || step.outcome === "otherwise");
  if (timedOut && leftAt >= until) return durationMilliseconds(after.within) <= durationMilliseconds(before.within);
  return (metAt ?? leftAt) <= plus(at, after.within);
}
