/** Changes of a document that may have problems. Every change returns a new document, and leaves the old one as it was. */
import type { Path } from "../../../lambdas/domain/documents/problem.ts";
import { type Members, members } from "../../../lambdas/domain/documents/unchecked-document.ts";

/** The document with a value at a path. The value `undefined` removes the member or item. */
export function set(document: Members, path: Path, value: unknown): Members {
  return members(replaced(document, path, value));
}

function replaced(inside: unknown, [first, ...rest]: Path, value: unknown): unknown {
  if (first === undefined) return value;
  if (typeof first === "number") {
    const list = Array.isArray(inside) ? [...inside] : [];
    const next = replaced(list[first], rest, value);
    if (next === undefined) list.splice(first, 1);
    else list[first] = next;
    return list;
  }
  const next = replaced(members(inside)[first], rest, value);
  if (next === undefined) {
    const { [first]: _, ...others } = members(inside);
    return others;
  }
  return { ...members(inside), [first]: next };
}

/** The value at a path. */
export function get(document: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inside, part) =>
      typeof part === "number" ? (Array.isArray(inside) ? inside[part] : undefined) : members(inside)[part],
    document,
  );
}
