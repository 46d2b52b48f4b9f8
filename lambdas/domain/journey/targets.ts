/**
 * The next components that a component names, in a document that may have problems.
 *
 * For a component of the right shape these are its outlets, so a row in `outlets.ts` covers a new component type. A
 * component of the wrong shape has no outlets. Then every member counts that the schema of any component type declares
 * with `next`, so that the author sees a wrong target together with the other problems.
 */
import * as z from "zod/mini";
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
  if (schema instanceof z.ZodMiniOptional) return declared(schema.def.innerType, raw, path);
  if (schema instanceof z.ZodMiniArray)
    return items(raw).flatMap(([index, item]) => declared(schema.def.element, item, [...path, index]));
  if (!(schema instanceof z.ZodMiniObject)) return [];
  return Object.entries(schema.shape).flatMap(([name, member]) =>
    declared(member as z.core.$ZodType, members(raw)[name], [...path, name]),
  );
}
