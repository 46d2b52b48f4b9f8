/**
 * The fields of a form, made from the schema. The schema of a member decides its kind of field. Only a member that names a
 * thing of the stack, such as a template or an event, is recognized by its own name.
 */
import type { Path } from "../../../lambdas/domain/documents/problem.ts";
import { members } from "../../../lambdas/domain/documents/unchecked-document.ts";
import { alternatives, fitting, resolved, type Schema, schemasAt } from "../schema/schema.ts";

export type FieldKind =
  | "text"
  | "long-text"
  | "number"
  | "yes-no"
  | "choice"
  | "duration"
  | "offered"
  | "target"
  | "condition"
  | "texts"
  | "choices"
  | "values"
  | "list"
  | "group"
  | "json";

export interface Field {
  readonly path: Path;
  readonly name: string;
  readonly label: string;
  readonly kind: FieldKind;
  readonly description: string;
  readonly required: boolean;
  readonly schema: Schema;
  readonly choices: readonly unknown[];
}

/** Names of members whose values are names of things that exist elsewhere, such as templates. */
const offeredNames: readonly string[] = ["template", "message", "event", "field", "key"];
const targetNames: readonly string[] = ["next", "met", "notMet", "otherwise", "start"];

/** The fields of the object at a path. The type of a component is no field: another type is another component. */
export function fieldsAt(document: unknown, path: Path): readonly Field[] {
  const [schema] = schemasAt(document, path);
  const { properties = {}, required = [] } = schema ?? {};
  return Object.entries(properties)
    .filter(([name, member]) => resolved(member).const === undefined && !hidden.includes(name))
    .map(([name, member]) => fieldOf([...path, name], member, required.includes(name)));
}

const hidden: readonly string[] = ["$schema", "version", "publication", "components", "start"];

export function fieldOf(path: Path, member: Schema, required: boolean): Field {
  const name = String(path.findLast((part) => typeof part === "string") ?? "");
  const schema = resolved(member);
  const choices = alternatives(schema).flatMap((each) => each.enum ?? []);
  const kind = kindOf(name, schema, path);
  const { description = "" } = schema;
  return { path, name, label: labelOf(name), kind, description, required, schema, choices };
}

function kindOf(name: string, schema: Schema, path: Path): FieldKind {
  const isItem = typeof path.at(-1) === "number";
  if (["where", "audience", "when"].includes(name)) return "condition";
  if (targetNames.includes(name) && path[0] === "components") return "target";
  const all = alternatives(schema);
  const [only] = all;
  if (!only) return "json";
  if (all.length > 1)
    return all.every((each) => each.enum || each.type === "object" || each.type === "array") ? "group" : "json";
  if (only.enum) return "choice";
  if (only.type === "boolean") return "yes-no";
  if (only.type === "number" || only.type === "integer") return "number";
  if (only.type === "string" && !isItem) {
    if (only.examples?.some((each) => /^-?P/.test(String(each)))) return "duration";
    if (offeredNames.includes(name)) return "offered";
    return ["note", "description"].includes(name) ? "long-text" : "text";
  }
  if (only.type === "array") {
    const item = fitting(only.items ?? {}, undefined)[0];
    if (item?.enum) return "choices";
    return item?.type === "string" ? "texts" : "list";
  }
  if (only.type === "object") return only.properties ? "group" : "values";
  return "text";
}

/** `replyTo` as "Reply to". */
function labelOf(name: string): string {
  if (name === "exit") return "Exit rules";
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The variants of a member that can have several forms, such as `until`, by their descriptions. */
export function variantsOf(
  schema: Schema,
): readonly { readonly title: string; readonly schema: Schema; readonly first: unknown }[] {
  return alternatives(schema).flatMap((each) => {
    if (each.enum) return each.enum.map((value) => ({ title: String(value), schema: each, first: value }));
    const names = Object.keys(each.properties ?? {});
    return [
      { title: each.type === "array" ? "a list" : names.slice(0, 2).join(", "), schema: each, first: firstValue(each) },
    ];
  });
}

/** The index of the variant that a value has; -1: the value has none. */
export function variantIndex(schema: Schema, value: unknown): number {
  const variants = variantsOf(schema);
  if (value === undefined) return -1;
  const [fit] = fitting(schema, value);
  return variants.findIndex((each) =>
    each.schema.enum
      ? each.first === value
      : members(each.schema.properties) === members(fit?.properties) && !fit?.enum,
  );
}

/** The initial value of a new object, list or item: its required members. */
export function firstValue(schema: Schema): unknown {
  const [first] = alternatives(schema);
  if (!first) return "";
  if (first.const !== undefined) return first.const;
  if (first.enum) return first.enum[0];
  if (first.type === "array") return [];
  if (first.type === "boolean") return true;
  if (first.type === "number" || first.type === "integer") return first.minimum ?? 1;
  if (first.type !== "object") return String(first.examples?.[0] ?? "").startsWith("P") ? first.examples?.[0] : "";
  return Object.fromEntries((first.required ?? []).map((name) => [name, firstValue(first.properties?.[name] ?? {})]));
}
