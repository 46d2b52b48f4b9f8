/** The differences between two documents of one kind, member by member. Rules and branches with an id are matched by it. */
import { type Json, type JsonObject, own, same } from "../../lambdas/domain/values/json.ts";

export interface Difference {
  /** The path of the member, such as `components.remind.template` or `exit[bought].where`. */
  readonly path: string;
  /** The top-level member of the document, such as `components`. */
  readonly part: string;
  readonly kind: "added" | "removed" | "changed";
  readonly before?: Json;
  readonly after?: Json;
}

/** Members that do not affect how a document behaves. */
const ignored: readonly string[] = ["$schema", "version", "publication"];
/** A condition counts as one value. */
const whole: readonly string[] = ["where", "audience", "when"];

export function differences(before: object, after: object): Difference[] {
  const [a, b] = [before as JsonObject, after as JsonObject];
  const names = namesOf(a, b).filter((name) => !ignored.includes(name));
  return names.flatMap((part) => compare(own(a, part), own(b, part), part, part).map((found) => ({ ...found, part })));
}

type Found = Omit<Difference, "part">;

function compare(before: Json | undefined, after: Json | undefined, path: string, name: string): Found[] {
  if (same(before, after)) return [];
  if (before === undefined) return [{ path, kind: "added", after: after as Json }];
  if (after === undefined) return [{ path, kind: "removed", before }];
  const changed: Found = { path, kind: "changed", before, after };
  if (whole.includes(name)) return [changed];
  if (isObject(before) && isObject(after))
    return namesOf(before, after).flatMap((member) =>
      compare(own(before, member), own(after, member), `${path}.${member}`, member),
    );
  if (!isList(before) || !isList(after)) return [changed];
  const [old, current] = [byId(before), byId(after)];
  if (old && current) {
    const found = namesOf(old, current).flatMap((id) => compare(own(old, id), own(current, id), `${path}[${id}]`, id));
    return found.length > 0
      ? found
      : [{ path, kind: "changed", before: Object.keys(old), after: Object.keys(current) }];
  }
  if (before.length !== after.length || !before.every(isObject)) return [changed];
  return before.flatMap((item, index) => compare(item, after[index], `${path}[${index}]`, name));
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
const namesOf = (a: JsonObject, b: JsonObject) => [...new Set([...Object.keys(a), ...Object.keys(b)])];

/** `undefined` unless every item has an id and the ids are unique. */
function byId(list: readonly Json[]): JsonObject | undefined {
  const ids = list.map((item) => (isObject(item) && typeof item.id === "string" ? item.id : undefined));
  if (ids.includes(undefined) || new Set(ids).size < ids.length) return undefined;
  return Object.fromEntries(list.map((item, index) => [ids[index] as string, item]));
}
