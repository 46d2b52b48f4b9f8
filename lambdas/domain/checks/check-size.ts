/**
 * Checks the size of conditions, and how many components a journey has, before anything else reads the document. So no
 * other check gets a document that would take it seconds or overflow its stack.
 */
import { MOST_DEEP, MOST_LEAVES, sizeOf } from "../conditions/condition-tree.ts";
import { type Path, type Problem, pathText } from "../documents/problem.ts";
import { entries, items, members } from "../documents/unchecked-document.ts";
import { MOST_COMPONENTS } from "../journey/journey.ts";

/** Up to this many times the limit, a document is checked completely, so that its author sees all problems at once. */
const CHECKED_COMPLETELY = 5;

export interface Sized {
  /** The document without the conditions that are far too large; `undefined` when it has far too many components. */
  readonly document: unknown;
  readonly problems: readonly Problem[];
}

export function checkSize(input: unknown): Sized {
  const journey = members(input);
  const problems: Problem[] = [];
  const add = (path: Path, code: string, message: string) => problems.push({ path: pathText(path), code, message });

  const count = Object.keys(members(journey.components)).length;
  if (count > MOST_COMPONENTS)
    add(
      ["components"],
      "out-of-range",
      `A journey may have ${MOST_COMPONENTS} components; this one has ${count}. Split it in two, joined by an event.`,
    );
  if (count > MOST_COMPONENTS * CHECKED_COMPLETELY) return { document: undefined, problems };

  /** The condition, or a small one in its place. */
  function sized(condition: unknown, path: Path): unknown {
    problems.push(...conditionSizeProblems(condition, path));
    const { leaves } = sizeOf(condition);
    return leaves > MOST_LEAVES * CHECKED_COMPLETELY ? PLACEHOLDER : condition;
  }

  function inMembers(raw: unknown, names: readonly string[], path: Path): unknown {
    const object = members(raw);
    const changed = names.flatMap((name) => {
      const found = object[name] === undefined ? undefined : sized(object[name], [...path, name]);
      return found === object[name] ? [] : [[name, found] as const];
    });
    return changed.length === 0 ? raw : { ...object, ...Object.fromEntries(changed) };
  }

  function inList(raw: unknown, path: Path): unknown {
    return Array.isArray(raw)
      ? items(raw).map(([index, item]) => inMembers(item, ["when", "where"], [...path, index]))
      : raw;
  }

  function inComponent([id, raw]: [string, unknown]): [string, unknown] {
    const { branches } = members(raw);
    if (branches === undefined) return [id, raw];
    return [id, { ...members(raw), branches: inList(branches, ["components", id, "branches"]) }];
  }

  const trigger = inMembers(journey.trigger, ["where", "audience"], ["trigger"]);
  const exit = inList(journey.exit, ["exit"]);
  const goals = inList(journey.goals, ["goals"]);
  const isObject = members(journey.components) === journey.components;
  const components = isObject ? Object.fromEntries(entries(journey.components).map(inComponent)) : journey.components;
  if (problems.length === 0) return { document: input, problems };
  return { document: { ...journey, trigger, exit, goals, components }, problems };
}

/** A condition with too many levels or comparisons. */
export function conditionSizeProblems(condition: unknown, path: Path): Problem[] {
  const { depth, leaves } = sizeOf(condition);
  const problems: Problem[] = [];
  const add = (code: string, message: string) => problems.push({ path: pathText(path), code, message });
  if (depth > MOST_DEEP)
    add(
      "condition-too-deep",
      `A condition may have ${MOST_DEEP} levels; this one has ${depth}. Flatten all/any, or divide it between two components.`,
    );
  if (leaves > MOST_LEAVES)
    add(
      "condition-too-large",
      `A condition may have ${MOST_LEAVES} comparisons; this one has ${leaves}. Use oneOf, or set an attribute in the app.`,
    );
  return problems;
}

/** Stands in a document for a condition that is far too large. This condition is valid at every place. */
const PLACEHOLDER = { field: "customer.customerId", operator: "exists" };
