/**
 * What the text editor offers at the cursor, and what it explains under the pointer. Members, fixed values, examples and
 * explanations come from our own schema; ids and names come from the document and from `vocabulary`.
 */
import { getLocation } from "jsonc-parser";
import type { Path } from "../../../lambdas/domain/documents/problem.ts";
import { type Members, members } from "../../../lambdas/domain/documents/unchecked-document.ts";
import { get } from "../document/set.ts";
import { offered, type Vocabulary } from "./offered.ts";
import { fitting, resolved, type Schema, schemasAt } from "./schema.ts";

export interface Completion {
  readonly label: string;
  /** The text that takes the place from `from` to `to`. */
  readonly insert: string;
  readonly info?: string;
  readonly kind: "member" | "value" | "name";
}

export interface Completions {
  readonly from: number;
  readonly to: number;
  readonly options: readonly Completion[];
}

export function completionsAt(text: string, offset: number, document: Members, vocabulary: Vocabulary): Completions {
  const { path, isAtPropertyKey, previousNode } = getLocation(text, offset);
  const token = previousNode && offset >= previousNode.offset && offset <= previousNode.offset + previousNode.length;
  const [from, to] = token ? [previousNode.offset, previousNode.offset + previousNode.length] : [offset, offset];
  if (isAtPropertyKey) {
    const above = path.slice(0, -1);
    const hasColon = /^\s*:/.test(text.slice(to));
    return { from, to, options: memberOptions(document, above, String(path.at(-1) ?? ""), hasColon) };
  }
  return { from, to, options: valueOptions(document, path, vocabulary) };
}

function memberOptions(document: Members, path: Path, current: string, hasColon: boolean): Completion[] {
  const inside = members(get(document, path));
  // What is being typed is no member yet: it must not contradict the schemas.
  const { [current]: _, ...others } = inside;
  const schemas = schemasAt(withValue(document, path, others), path);
  const found = new Map<string, Schema>();
  for (const { properties = {} } of schemas)
    for (const [name, schema] of Object.entries(properties))
      if (!Object.hasOwn(others, name) && !found.has(name) && name !== "publication") found.set(name, resolved(schema));
  return [...found].map(([name, schema]) => ({
    label: name,
    insert: JSON.stringify(name) + (hasColon ? "" : `: ${emptyText(schema)}`),
    ...(schema.description !== undefined && { info: schema.description }),
    kind: "member",
  }));
}

function withValue(document: Members, path: Path, value: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  if (typeof first === "number")
    return (document as unknown as unknown[]).map((each, index) =>
      index === first ? withValue(members(each), rest, value) : each,
    );
  return { ...document, [first]: withValue((document[first] ?? {}) as Members, rest, value) };
}

/** The start of a value: an author fills it in. */
function emptyText(schema: Schema): string {
  const { type, const: only } = fitting(schema, undefined)[0] ?? {};
  if (only !== undefined) return JSON.stringify(only);
  return type === "object"
    ? "{}"
    : type === "array"
      ? "[]"
      : type === "string"
        ? '""'
        : type === "boolean"
          ? "true"
          : "";
}

function valueOptions(document: Members, path: Path, vocabulary: Vocabulary): Completion[] {
  const names = offered(document, path, vocabulary).map((name): Completion => {
    return { label: name, insert: JSON.stringify(name), kind: "name" };
  });
  // The value that is there must not narrow the choice: it is about to be replaced.
  const above = path.slice(0, -1);
  const { [String(path.at(-1))]: _, ...others } = members(get(document, above));
  const around = members(get(document, above)) === get(document, above) ? withValue(document, above, others) : document;
  const schemas = schemasAt(around, path);
  const values = schemas.flatMap(({ const: only, enum: choices = [], type, description }) => [
    ...[...(only === undefined ? [] : [only]), ...choices, ...(type === "boolean" ? [true, false] : [])].map((value) =>
      option(value, description),
    ),
  ]);
  const examples =
    names.length + values.length > 0
      ? []
      : schemas.flatMap(({ examples = [] }) => examples.map((each) => option(each)));
  return [...new Map([...names, ...values, ...examples].map((each) => [each.insert, each])).values()];
}

const option = (value: unknown, info?: string): Completion => {
  const insert = JSON.stringify(value);
  return {
    label: typeof value === "string" ? value : insert,
    insert,
    kind: "value",
    ...(info !== undefined && { info }),
  };
};

/** What the schema says about the member at a place; `undefined` where it says nothing. */
export function explanationAt(
  text: string,
  offset: number,
  document: Members,
): { readonly from: number; readonly to: number; readonly title: string; readonly text: string } | undefined {
  const { path, previousNode } = getLocation(text, offset);
  if (!previousNode || offset < previousNode.offset || offset > previousNode.offset + previousNode.length)
    return undefined;
  const named = path.findLastIndex((part) => typeof part === "string") + 1;
  const description = schemasAt(document, path.slice(0, named)).find(({ description }) => description)?.description;
  if (description === undefined) return undefined;
  return {
    from: previousNode.offset,
    to: previousNode.offset + previousNode.length,
    title: String(path[named - 1]),
    text: description,
  };
}
