/** The content of a picture: the boxes, the ways between them, and the exit rules and goals beside them. */
import type { Path } from "../../../lambdas/domain/documents/problem.ts";
import type { Component, ComponentType } from "../../../lambdas/domain/journey/component.ts";
import { goalWithin } from "../../../lambdas/domain/journey/goal-deadline.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import { outlets } from "../../../lambdas/domain/journey/outlets.ts";
import { branchLabel, caption, kindNames, limitTexts, ruleText, triggerText } from "../../words/captions.ts";
import { durationText } from "../../words/duration-text.ts";

/** The kinds of box that have a look of their own. */
export type Kind = ComponentType | "trigger" | "exit" | "goal" | "limits";

export interface Box {
  readonly id: string;
  /** `missing`: the target of an outlet that does not exist. `broken`: a component with problems. */
  readonly kind: Kind | "end" | "missing" | "broken";
  /** The kind in words. */
  readonly over: string;
  readonly title: string;
  readonly details: readonly string[];
  /** Whether the customer of the overlay has not been here. */
  readonly pale?: boolean;
}

export interface Way {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** The outcome that leads along this way; absent for the way from the trigger. */
  readonly outcome?: string;
  /** Where the document names the target, such as `components`, `greet`, `next`. */
  readonly path: Path;
  readonly pale?: boolean;
}

export interface Diagram {
  readonly boxes: readonly Box[];
  readonly ways: readonly Way[];
}

/** A component that is not valid. The outlets of such a component are drawn as far as they can be read. */
export interface BrokenComponent {
  readonly id: string;
  readonly type: string;
  readonly targets: readonly { readonly to: string; readonly label: string; readonly path: Path }[];
}

/** Ids that no component can have. */
export const TRIGGER = "~trigger";
export const endOf = (id: string, index: number) => `~end ${id} ${index}`;

/** One customer's path, to be drawn over the journey: added texts for visited boxes, and pale for the rest. */
export interface Overlay {
  /** The visits of a box in words, newest last; `undefined` when the customer was never there. */
  at(boxId: string): readonly string[] | undefined;
  isTaken(way: Pick<Way, "from" | "outcome">): boolean;
}

export function diagramOf(journey: Journey, overlay?: Overlay, broken: readonly BrokenComponent[] = []): Diagram {
  const [event = "", ...details] = triggerText(journey);
  const components = Object.entries(journey.components);
  const ways: Way[] = [
    ...(journey.start === "" ? [] : [{ from: TRIGGER, to: journey.start, label: "", path: ["start"] }]),
    ...components.flatMap(waysOf),
    ...broken.flatMap(({ id, targets }) =>
      targets.map(({ to, label, path }) => ({ from: id, to, label, path: ["components", id, ...path] })),
    ),
  ];
  const boxes: Box[] = [
    { id: TRIGGER, kind: "trigger", over: "Trigger", title: event, details },
    ...components.map(([id, component]) => ({
      id,
      kind: component.type,
      over: kindNames[component.type],
      title: component.name ?? id,
      details: [caption(component, (other) => journey.components[other]?.name ?? other)].filter(
        (detail) => detail !== "" && detail !== (component.name ?? id),
      ),
    })),
    ...broken.map(({ id, type }): Box => {
      const details = [`This ${type === "" ? "component" : type} has problems`];
      return { id, kind: "broken", over: "", title: `${id}!`, details };
    }),
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
  if (!overlay) return { boxes, ways };
  return {
    boxes: boxes.map((box) => overlaid(box, overlay)),
    ways: ways.map((way) => (overlay.isTaken(way) ? way : { ...way, pale: true })),
  };
}

function overlaid(box: Box, overlay: Overlay): Box {
  const visits = overlay.at(box.id);
  return visits ? { ...box, details: [...box.details, ...visits] } : { ...box, pale: true };
}

function waysOf([id, component]: [string, Component]): Way[] {
  return outlets(component).map(({ to, label, outcome, path }, index) => ({
    from: id,
    to: to ?? endOf(id, index),
    label: branchLabel(component, index, label),
    outcome,
    path: ["components", id, ...path],
  }));
}

/** Exit rules, goals and limits: they apply from entry on, at every component. */
export function watchedBy({ exit = [], goals = [], limits }: Journey, overlay?: Overlay): Box[] {
  const limited = limitTexts(limits);
  const boxes: Box[] = [
    ...exit.map((rule): Box => {
      return { id: `~exit ${rule.id}`, kind: "exit", over: "Exit", title: rule.id, details: [ruleText(rule)] };
    }),
    ...goals.map((rule): Box => {
      const details = [ruleText(rule), `within ${durationText(goalWithin(rule))} of entering`];
      return { id: `~goal ${rule.id}`, kind: "goal", over: "Goal", title: rule.id, details };
    }),
  ];
  const watched = overlay ? boxes.map((box) => overlaid(box, overlay)) : boxes;
  const [title = "", ...details] = limited;
  return limited.length === 0
    ? watched
    : [...watched, { id: "~limits", kind: "limits", over: "Limits", title, details }];
}

/** The full text of a box, for tooltips and screen readers. */
export function fullText({ kind, over, title, details }: Box): string {
  return kind === "end" ? "The journey ends here" : [over, title, ...details].filter((part) => part !== "").join(": ");
}
