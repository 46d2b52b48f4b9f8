/** What the picture of a journey says: boxes, the ways between them, and what is watched beside them. */
import type { Component } from "../../../lambdas/domain/component.ts";
import type { Journey } from "../../../lambdas/domain/journey.ts";
import { outlets } from "../../../lambdas/domain/outlets.ts";
import { branchLabel, caption, kindNames, ruleText, triggerText } from "../../words/captions.ts";
import { span } from "../../words/condition-text.ts";
import type { Kind } from "../looks.ts";

export interface Box {
  readonly id: string;
  /** `missing`: a component that is named but does not exist. */
  readonly kind: Kind | "end" | "missing";
  /** The kind in words. */
  readonly over: string;
  readonly title: string;
  readonly details: readonly string[];
  /** Where a customer has not been. */
  readonly pale?: boolean;
}

export interface Way {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** The outcome with which a customer takes it; absent for the way in. */
  readonly outcome?: string;
  readonly pale?: boolean;
}

export interface Diagram {
  readonly boxes: readonly Box[];
  readonly ways: readonly Way[];
}

/** Ids that no component can have. */
export const TRIGGER = "~trigger";
export const endOf = (id: string, index: number) => `~end ${id} ${index}`;

/** `marks`: a customer's path, to show where they have been and to pale the rest. */
/** What is drawn besides, or paler. */
export interface Marks {
  /** What happened at a box, newest last; `undefined` when the customer was never there. */
  at(boxId: string): readonly string[] | undefined;
  isTaken(way: Way): boolean;
}

export function diagramOf(journey: Journey, marks?: Marks): Diagram {
  const [event = "", ...details] = triggerText(journey);
  const components = Object.entries(journey.components);
  const ways: Way[] = [{ from: TRIGGER, to: journey.start, label: "" }, ...components.flatMap(waysOf)];
  const boxes: Box[] = [
    { id: TRIGGER, kind: "trigger", over: "Trigger", title: event, details },
    ...components.map(([id, component]) => ({
      id,
      kind: component.type,
      over: kindNames[component.type],
      title: id,
      details: [caption(component)].filter((detail) => detail !== "" && detail !== id),
    })),
  ];
  const known = new Set(boxes.map(({ id }) => id));
  for (const { to } of ways) {
    if (known.has(to)) continue;
    known.add(to);
    boxes.push(
      to.startsWith("~")
        ? { id: to, kind: "end", over: "", title: "End", details: [] }
        : { id: to, kind: "missing", over: "", title: `${to}?`, details: ["There is no such component"] },
    );
  }
  if (!marks) return { boxes, ways };
  return {
    boxes: boxes.map((box) => marked(box, marks)),
    ways: ways.map((way) => (marks.isTaken(way) ? way : { ...way, pale: true })),
  };
}

function marked(box: Box, marks: Marks): Box {
  const told = marks.at(box.id);
  return told ? { ...box, details: [...box.details, ...told] } : { ...box, pale: true };
}

function waysOf([id, component]: [string, Component]): Way[] {
  return outlets(component).map(({ to, label, outcome }, index) => ({
    from: id,
    to: to ?? endOf(id, index),
    label: branchLabel(component, index, label),
    outcome,
  }));
}

/** Exits and goals: watched from entry on, wherever the customer is. */
export function watchedBy({ exit = [], goals = [] }: Journey, marks?: Marks): Box[] {
  const boxes = [
    ...exit.map((rule): Box => {
      return { id: `~exit ${rule.id}`, kind: "exit", over: "Exit", title: rule.id, details: [ruleText(rule)] };
    }),
    ...goals.map((rule): Box => {
      const details = [ruleText(rule), `within ${span(rule.within ?? "P30D")} of entering`];
      return { id: `~goal ${rule.id}`, kind: "goal", over: "Goal", title: rule.id, details };
    }),
  ];
  return marks ? boxes.map((box) => marked(box, marks)) : boxes;
}

/** All that a box says, for who hovers or listens. */
export function spoken({ kind, over, title, details }: Box): string {
  return kind === "end" ? "The journey ends here" : [over, title, ...details].filter((part) => part !== "").join(": ");
}
