/**
 * The components that a component names as what comes next, in a document that may be broken.
 *
 * A component of the right shape answers by its outlets, so a new kind of component is covered by its row in
 * `outlets.ts`. A component of the wrong shape has no outlets. There, every place counts that the schema of any kind
 * declares with `next`, so that an author sees a wrong target together with the other problems.
 */
import * as z from "zod";
import { type Path, pathText } from "../documents/problem.ts";
import { items, members, valid } from "../documents/unchecked-document.ts";
import { next } from "../documents/vocabulary.ts";
import { component, components } from "./component.ts";
import { outlets } from "./outlets.ts";

export interface Target {
  readonly to: unknown;
  /** Below the component. */
  readonly path: Path;
}

export function targetsOf(raw: unknown): Target[] {
  const whole = valid(component, raw);
  if (whole) return outlets(whole);
  const named = components.flatMap((kind) => declared(kind, raw, []));
  return [...new Map(named.map((target) => [pathText(target.path), target])).values()];
}

function declared(schema: z.core.$ZodType, raw: unknown, path: Path): Target[] {
  if (schema === next) return [{ to: raw, path }];
  if (schema instanceof z.ZodOptional) return declared(schema.unwrap(), raw, path);
  if (schema instanceof z.ZodArray)
    return items(raw).flatMap(([index, item]) => declared(schema.element, item, [...path, index]));
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).flatMap(([name, member]) =>
    declared(member as z.core.$ZodType, members(raw)[name], [...path, name]),
  );
}
