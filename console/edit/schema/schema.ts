/**
 * Walks the JSON Schema of a journey. A place in a document may have several schemas (a component is one of ten kinds):
 * the members that are there already choose among them.
 */
import type { Path } from "../../../lambdas/domain/documents/problem.ts";
import { items, members } from "../../../lambdas/domain/documents/unchecked-document.ts";
import journey from "../../../schema/journey.schema.json" with { type: "json" };

/** The part of JSON Schema that our schemas use. */
export interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly description?: string;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly minItems?: number;
}

const root = journey as Schema;

export const journeySchema: Schema = resolved(root);

/** The schema that a reference names. A description beside the reference counts. */
export function resolved(schema: Schema): Schema {
  const name = schema.$ref?.replace("#/$defs/", "");
  const target = name === undefined ? undefined : root.$defs?.[name];
  if (!target) return schema;
  const { $ref: _, ...own } = schema;
  return resolved({ ...target, ...own });
}

/** The schemas among which a value chooses; the schema alone when there is no choice. */
export function alternatives(schema: Schema): readonly Schema[] {
  const { anyOf, oneOf, description } = resolved(schema);
  const parts = anyOf ?? oneOf;
  if (!parts) return [resolved(schema)];
  return parts.flatMap(alternatives).map((part) => ({ ...(description !== undefined && { description }), ...part }));
}

/** The alternatives that the value does not contradict; all alternatives when the value contradicts each of them. */
export function fitting(schema: Schema, value: unknown): readonly Schema[] {
  const all = alternatives(schema);
  const fit = all.filter((each) => !contradicts(each, value));
  return fit.length > 0 ? fit : all;
}

function contradicts({ type, properties = {}, enum: choices }: Schema, value: unknown): boolean {
  if (value === undefined) return false;
  if (type !== undefined && typeOf(value) !== type && !(type === "integer" && typeof value === "number")) return true;
  if (choices && typeof value !== "object") return !choices.includes(value);
  if (members(value) !== value) return false;
  return Object.entries(members(value)).some(([name, member]) => {
    const schema = properties[name];
    if (!schema) return Object.keys(properties).length > 0;
    const { const: only, enum: some } = resolved(schema);
    return (only !== undefined && only !== member) || (some !== undefined && !some.includes(member));
  });
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return value === null ? "null" : typeof value;
}

/** The schemas of the part at a path of a document. */
export function schemasAt(document: unknown, path: Path): readonly Schema[] {
  let [schemas, inside]: [readonly Schema[], unknown] = [[journeySchema], document];
  for (const part of path) {
    schemas = schemas.flatMap((schema) => fitting(schema, inside).flatMap((each) => below(each, part)));
    inside = typeof part === "number" ? items(inside)[part]?.[1] : members(inside)[part];
  }
  return schemas.flatMap((schema) => fitting(schema, inside));
}

function below({ properties, additionalProperties, items, prefixItems }: Schema, part: string | number): Schema[] {
  if (typeof part === "number") return [prefixItems?.[part] ?? items].flatMap((each) => each ?? []);
  const named = properties && Object.hasOwn(properties, part) ? properties[part] : undefined;
  if (named) return [named];
  return typeof additionalProperties === "object" ? [additionalProperties] : [];
}
