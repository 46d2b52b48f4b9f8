/**
 * Joins the work of two people who edited the same document: a part that only one of them changed is taken from that
 * person. Where both changed the same part in different ways, the part of `mine` stays, and the result names the part.
 */
import { type Members, members } from "../../../lambdas/domain/documents/unchecked-document.ts";
import { type Json, same } from "../../../lambdas/domain/values/json.ts";

export interface Merged {
  readonly document: Members;
  /** The parts that both changed, such as `components.remind.template`. */
  readonly both: readonly string[];
}

export function merge(base: Members, mine: Members, theirs: Members): Merged {
  const both: string[] = [];
  const document = joined(base, mine, theirs, "", both);
  return { document: members(document), both };
}

function joined(base: unknown, mine: unknown, theirs: unknown, path: string, both: string[]): unknown {
  if (isSame(mine, theirs) || isSame(base, theirs)) return mine;
  if (isSame(base, mine)) return theirs;
  if (!isObject(mine) || !isObject(theirs)) {
    both.push(path);
    return mine;
  }
  const names = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])];
  const found = names.map((name): [string, unknown] => [
    name,
    joined(members(base)[name], mine[name], theirs[name], path === "" ? name : `${path}.${name}`, both),
  ]);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}

const isSame = (a: unknown, b: unknown) => same(a as Json | undefined, b as Json | undefined);
const isObject = (value: unknown): value is Members => value !== undefined && members(value) === value;
