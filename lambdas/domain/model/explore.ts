/**
 * Walks every path of a journey and keeps what is certain of the customers on it. Places with the same component and the
 * same facts are one place, so loops end. The walk is breadth-first: the first path to a place is a shortest one.
 */
import type { Condition } from "../conditions/condition.ts";
import { leaves } from "../conditions/condition-tree.ts";
import type { Component } from "../journey/component.ts";
import { edges, reachable } from "../journey/graph.ts";
import type { Journey } from "../journey/journey.ts";
import { outlets } from "../journey/outlets.ts";
import { literalOf, statusAtom } from "./atom.ts";
import { type Facts, keepOnly, type Numbers, TooMuchWork, textOf } from "./facts.ts";
import { leavings } from "./leaving.ts";

/** A component that customers reach with these facts. */
export interface Place {
  readonly componentId: string;
  readonly facts: Facts;
  /** Only at the start: all facts, including facts that no later component reads. */
  readonly entered?: Facts;
  /** The step that led here first. Absent at the start. */
  readonly from?: Step;
  /** How this place is left. Where the journey ends, `to` is absent. */
  readonly next: Step[];
}

/** Customers leave a place by an outlet, with the facts that are certain then. */
export interface Step {
  readonly place: Place;
  readonly outlet: number;
  readonly facts: Facts;
  readonly then?: Facts;
  readonly to?: Place;
}

/** `starts`: what may be certain of customers who enter. */
export function explore(journey: Journey, starts: readonly Facts[], most: number): readonly Place[] {
  const read = groupsRead(journey);
  const messages = new Set(Object.values(journey.components).flatMap(messagesRead));
  const places = new Map<string, Place>();
  const found: Place[] = [];
  const numbers: Numbers = new Map();
  const placeAt = (componentId: string, facts: Facts, from?: Place["from"]): Place => {
    const kept = keepOnly(facts, read.get(componentId) ?? new Set(), messages);
    const key = `${componentId}\n${textOf(kept, numbers)}`;
    const known = places.get(key);
    if (known) return known;
    const place: Place = { componentId, facts: kept, ...(from ? { from } : { entered: facts }), next: [] };
    places.set(key, place);
    found.push(place);
    return place;
  };
  for (const facts of starts) placeAt(journey.start, facts);
  for (const place of found) {
    if (found.length > most) throw new TooMuchWork();
    const component = journey.components[place.componentId] as Component;
    const targets = outlets(component).map(({ to }) => to);
    for (const { outlet, facts, then } of leavings(component, place.facts, place.componentId)) {
      const to = targets[outlet];
      const step = { place, outlet, facts, ...(then && { then }) };
      place.next.push(to === undefined ? step : { ...step, to: placeAt(to, facts, step) });
    }
  }
  return found;
}

/** Of each component, the groups that it or a component behind it reads. */
function groupsRead(journey: Journey): Map<string, Set<string>> {
  const graph = edges(journey);
  const own = new Map(Object.entries(journey.components).map(([id, component]) => [id, new Set(groupsIn(component))]));
  return new Map(
    [...own.keys()].map((id) => [id, new Set([...reachable(graph, id)].flatMap((each) => [...(own.get(each) ?? [])]))]),
  );
}

function groupsIn(component: Component): readonly string[] {
  if (component.type === "messageStatusRule") return [statusAtom(component.message, component.status).group];
  return conditionsIn(component).flatMap((condition) =>
    leaves(condition).flatMap((leaf) =>
      [false, true].map((inSegment) => literalOf(leaf, "inside", inSegment).atom.group),
    ),
  );
}

function messagesRead(component: Component): readonly string[] {
  return conditionsIn(component).flatMap((condition) =>
    leaves(condition).flatMap((leaf) => ("message" in leaf ? [leaf.message] : [])),
  );
}

/** The conditions that decide where customers go. */
export function conditionsIn(component: Component): readonly Condition[] {
  if (component.type === "condition") return component.branches.map(({ when }) => when);
  return component.type === "waitFor" ? component.branches.flatMap(({ where }) => where ?? []) : [];
}
