/**
 * Follows a customer's step log through the new version, from its start to the place where the customer is. The log
 * allows the move if it leads to this place, because the new version would then have taken the customer the same way.
 *
 * The new version may have more waits on that way, and may lack components of the log. If the new version has any other
 * component on that way that the log lacks, that component would have run by now, so the customer stays.
 */
import type { Step } from "../enrollment/enrollment.ts";
import type { Component, ComponentType } from "../journey/component.ts";
import type { Journey } from "../journey/journey.ts";
import { outlets } from "../journey/outlets.ts";
import { own } from "../values/json.ts";
import type { NotMoved } from "./not-moved.ts";
import type { Renames } from "./rename.ts";
import { mayExit, sameDecision, sameOutcome } from "./same-decision.ts";

export interface Obstacle {
  readonly reason: NotMoved;
  /** The id of the component in the new version. */
  readonly componentId: string;
}

export interface Versions {
  readonly old: Journey;
  readonly next: Journey;
  readonly renames: Renames;
}

/** `log`: the components that the customer has left, with the old ids. `undefined`: the log leads to the place. */
export function followLog(log: readonly Step[], place: string, versions: Versions): Obstacle | undefined {
  const { next, renames } = versions;
  const idOf = (step: Step) => renames.get(step.componentId) ?? step.componentId;
  const left = log.filter((step) => own(next.components, idOf(step)) !== undefined);
  const ahead = new Set([...left.map(idOf), place]);
  let here: string | undefined = next.start;
  let done = 0;
  let added = new Set<string>();
  while (done < left.length || here !== place) {
    const component: Component | undefined = here === undefined ? undefined : own(next.components, here);
    if (here === undefined || !component || added.has(here)) return { reason: "other-path", componentId: place };
    const step = left[done];
    if (step && idOf(step) === here) {
      const led = lead(step, component, versions);
      if ("reason" in led) return { reason: led.reason, componentId: here };
      here = led.to;
      done++;
      added = new Set();
    } else {
      const reason: NotMoved | undefined = ahead.has(here) ? "other-path" : missing(component);
      if (reason) return { reason, componentId: reason === "other-path" ? place : here };
      added.add(here);
      here = outlets(component)[0]?.to;
    }
  }
  return undefined;
}

/** Where the new version leads a customer who left a component like this. */
function lead(
  step: Step,
  component: Component,
  { old, next, renames }: Versions,
): { readonly to: string | undefined } | { readonly reason: NotMoved } {
  const before = own(old.components, step.componentId);
  if (!before || component.type !== step.type || before.type !== step.type) return { reason: "component-differs" };
  if (!sameDecision([before, old], [component, next], renames) || !sameOutcome(step, before, component))
    return { reason: misses[component.type] ?? "decides-otherwise" };
  const ways = outlets(component);
  if (ways.length === 1) return { to: ways[0]?.to };
  const targets = new Set(
    outlets(before).flatMap(({ outcome }, index) => (outcome === step.outcome ? [ways[index]?.to] : [])),
  );
  const [to] = targets;
  return targets.size === 1 ? { to } : { reason: "decides-otherwise" };
}

const misses: Partial<Record<ComponentType, NotMoved>> = {
  sendTemplate: "would-skip-message",
  addTag: "would-skip-change",
  removeTag: "would-skip-change",
  updateCustomer: "would-skip-change",
  emitEvent: "would-skip-change",
};

/** Why a customer must not go on as if they had passed the component; `undefined`: the customer may go on. */
function missing(component: Component): NotMoved | undefined {
  if (component.type === "wait" && !mayExit(component)) return undefined;
  return misses[component.type] ?? "decides-otherwise";
}
