/**
 * A journey for a picture, from a document with problems: every part that can be read is drawn. A component with
 * problems keeps its outlets, so that the reader sees where it is.
 */
import { rule } from "../../lambdas/domain/conditions/rule.ts";
import type { Path } from "../../lambdas/domain/documents/problem.ts";
import { items, members, valid } from "../../lambdas/domain/documents/unchecked-document.ts";
import { type Component, component as componentSchema } from "../../lambdas/domain/journey/component.ts";
import {
  type Journey,
  journeyStatuses,
  MOST_COMPONENTS,
  journey as schema,
} from "../../lambdas/domain/journey/journey.ts";
import type { BrokenComponent } from "./diagram/diagram.ts";

export interface Sketch {
  readonly journey: Journey;
  readonly broken: readonly BrokenComponent[];
}

/** `undefined` when the document has no components, or too many for a picture. */
export function sketchOf(value: unknown): Sketch | undefined {
  const document = members(value);
  const all = Object.entries(members(document.components));
  return all.length === 0 || all.length > MOST_COMPONENTS ? undefined : sketch(value);
}

/** This also works for a document without components. */
export function sketch(value: unknown): Sketch {
  const document = members(value);
  const all = Object.entries(members(document.components));
  const whole = valid(schema, value);
  if (whole) return { journey: whole, broken: [] };
  const components: [string, Component][] = [];
  const broken: BrokenComponent[] = [];
  for (const [id, raw] of all) {
    const good = valid(componentSchema, raw);
    if (good) components.push([id, good]);
    else broken.push({ id, type: text(members(raw).type) ?? "", targets: targetsOf(raw) });
  }
  const id = text(document.id) ?? "journey";
  const { shape } = schema;
  const limits = valid(shape.limits, document.limits);
  const journey: Journey = {
    id,
    name: text(document.name) ?? id,
    status: journeyStatuses.find((status) => status === document.status) ?? "draft",
    trigger: triggerOf(document.trigger),
    ...(limits && { limits }),
    exit: items(document.exit).flatMap(([, each]) => valid(rule, each) ?? []),
    goals: items(document.goals).flatMap(([, each]) => valid(shape.goals, [each]) ?? []),
    start: text(document.start) ?? "",
    components: Object.fromEntries(components),
  };
  return { journey, broken };
}

function triggerOf(raw: unknown): Journey["trigger"] {
  const { trigger } = schema.shape;
  const whole = valid(trigger, raw);
  if (whole) return whole;
  const good = Object.entries(members(raw)).filter(([name, value]) => valid(trigger, { [name]: value }) !== undefined);
  return valid(trigger, Object.fromEntries(good)) ?? {};
}

/** The names of members that lead to a component, at the component and in its branches. */
const outletNames = ["next", "met", "notMet", "otherwise"];

function targetsOf(raw: unknown): BrokenComponent["targets"] {
  const of = (from: unknown, path: Path) =>
    outletNames.flatMap((name) => {
      const to = text(members(from)[name]);
      return to === undefined ? [] : [{ to, label: name === "next" ? "" : name, path: [...path, name] }];
    });
  return [
    ...of(raw, []),
    ...items(members(raw).branches).flatMap(([index, branch]) => of(branch, ["branches", index])),
  ];
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
