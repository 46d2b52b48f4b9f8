/** The segments that a document names. The document may have problems. */
import { entries, items, members } from "../documents/unchecked-document.ts";
import { isShallow } from "../values/json.ts";

const MOST_NESTED = 64;

/** Of a journey or a segment: the ids of the segments that its conditions name, each once. */
export function namedSegments(document: unknown): string[] {
  if (!isShallow(document, MOST_NESTED)) return [];
  const { where, trigger, exit, goals, components } = members(document);
  const branches = entries(components).flatMap(([, component]) => items(members(component).branches));
  const rules = [...items(exit), ...items(goals), ...branches].map(([, rule]) => members(rule));
  const conditions = [
    where,
    members(trigger).where,
    members(trigger).audience,
    ...rules.flatMap((rule) => [rule.where, rule.when]),
  ];
  return [...new Set(conditions.flatMap(segmentsIn))];
}

/** The ids of the segments that a condition names. */
export function segmentsIn(condition: unknown): string[] {
  const { all, any, not, segment } = members(condition);
  if (typeof segment === "string") return [segment];
  return [...[...items(all), ...items(any)].map(([, part]) => part), not].flatMap((part) =>
    part === undefined ? [] : segmentsIn(part),
  );
}
