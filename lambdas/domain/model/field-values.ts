/**
 * Finds a value of one field that passes some tests and fails others, or proves that there is none.
 *
 * Values are tried by kind. For most kinds `candidates` are enough: if none of them fits, no value of the kind fits.
 * Texts that must contain, start or end with something are the exception: only `textsContradict` may refuse them.
 */
import type { Json } from "../values/json.ts";
import type { FieldTest } from "./atom.ts";

export interface Wanted extends FieldTest {
  readonly holds: boolean;
}

/** `impossible`: no value fits. `unknown`: a value may fit, but none was found. */
export type Found =
  | { readonly kind: "value"; readonly value: Json | undefined }
  | { readonly kind: "unknown" | "impossible" };

type Kind = "missing" | "boolean" | "number" | "text" | "list" | "object";

/** The customer's tags are always a list of texts. */
export const kindsOf = (group: string): readonly Kind[] =>
  group === "customer.tags" ? ["list"] : ["missing", "boolean", "number", "text", "list", "object"];

export function findValue(wanted: readonly Wanted[], kinds: readonly Kind[]): Found {
  let isOpen = false;
  for (const kind of kinds) {
    const fits = (value: Json | undefined) => wanted.every((each) => passes(each, value));
    const value = candidates[kind](wanted).find(fits);
    if (value !== undefined || (kind === "missing" && fits(undefined))) return { kind: "value", value };
    if (kind === "text" && !isPinned(wanted) && !textsContradict(wanted)) isOpen = true;
  }
  return { kind: isOpen ? "unknown" : "impossible" };
}

/** None of these tests reads the facts: tests by the clock or a time zone are opaque atoms. */
const facts = { now: "", customer: {} };

const passes = ({ test, holds }: Wanted, value: Json | undefined) => test(value ?? undefined, facts) === holds;

/** The values that the tests name. */
function constants(wanted: readonly Wanted[]): readonly Json[] {
  return wanted.flatMap(({ operator, value }) =>
    operator === "oneOf" || operator === "between" ? (value as readonly Json[]) : value === undefined ? [] : [value],
  );
}

const FRESH = "other";

const candidates: Record<Kind, (wanted: readonly Wanted[]) => readonly (Json | undefined)[]> = {
  missing: () => [],
  boolean: () => [true, false],
  number: (wanted) => numbers(constants(wanted).filter((value) => typeof value === "number")),
  text: (wanted) => texts(wanted),
  list: (wanted) => {
    const items = wanted
      .filter(({ operator, holds }) => operator === "contains" && holds)
      .map(({ value }) => value as Json);
    const lists = constants(wanted).filter((value) => Array.isArray(value));
    return [items, [...items, unused(wanted)], ...lists];
  },
  object: (wanted) => [
    ...constants(wanted).filter((value) => typeof value === "object" && !Array.isArray(value)),
    { [unused(wanted)]: true },
  ],
};

/** This number is beyond every number in a document, and a table can still store it. */
const FARTHEST = 1e125;

/** Every number that a test names, one between each two, and one beyond each end. */
function numbers(named: readonly number[]): number[] {
  const sorted = [...new Set(named)].sort((a, b) => a - b);
  const between = sorted.slice(1).map((value, index) => {
    const before = sorted[index] as number;
    const middle = before / 2 + value / 2;
    return value - before > 1 ? (Math.floor(middle) === before ? before + 1 : Math.floor(middle)) : middle;
  });
  const halves = sorted.slice(1).map((value, index) => (sorted[index] as number) / 2 + value / 2);
  const [least = 0, most = 0] = [sorted[0], sorted.at(-1)];
  const beyond = [most + 1, least - 1, FARTHEST, -FARTHEST];
  return [...sorted, ...between, ...halves, ...beyond];
}

function texts(wanted: readonly Wanted[]): string[] {
  const named = constants(wanted).filter((value) => typeof value === "string");
  const parts = (operator: string) =>
    wanted
      .filter((each) => each.operator === operator && each.holds && typeof each.value === "string")
      .map(({ value }) => value as string);
  const longest = (all: readonly string[]) => all.toSorted((a, b) => b.length - a.length)[0] ?? "";
  const [start, end] = [longest(parts("startsWith")), longest(parts("endsWith"))];
  const inner = parts("contains").join("");
  return [...named, `${start}${inner}${end}`, `${start}${inner}${unused(wanted)}${end}`, unused(wanted)];
}

/** A text that no test names. */
function unused(wanted: readonly Wanted[]): string {
  const named = JSON.stringify(constants(wanted));
  let text = FRESH;
  while (named.includes(text)) text += "-";
  return text;
}

/** Whether a test allows only values that it names, which are all among the candidates. */
const isPinned = (wanted: readonly Wanted[]) =>
  wanted.some(({ operator, holds }) => holds && (operator === "equals" || operator === "oneOf"));

const needsText = new Set(["startsWith", "endsWith", "contains"]);
const needsOther = new Set(["greaterThan", "greaterThanOrEquals", "lessThan", "lessThanOrEquals", "between"]);

/** Whether certainly no text fits. */
function textsContradict(wanted: readonly Wanted[]): boolean {
  const textual = wanted.filter(({ operator }) => needsText.has(operator));
  const held = textual.filter(({ holds }) => holds);
  if (wanted.some(({ operator, holds }) => holds && needsOther.has(operator))) return true;
  if (held.some(({ value }) => typeof value !== "string")) return true;
  return held.some((a) =>
    textual.some((b) => a !== b && typeof b.value === "string" && contradict(a, a.value as string, b, b.value)),
  );
}

function contradict(a: Wanted, x: string, b: Wanted, y: string): boolean {
  if (!b.holds) return implies(a, x, b, y);
  if (a.operator !== b.operator) return false;
  if (a.operator === "startsWith") return !x.startsWith(y) && !y.startsWith(x);
  return a.operator === "endsWith" && !x.endsWith(y) && !y.endsWith(x);
}

/** Whether a text on which `a` holds is certainly one on which `b` holds. */
function implies(a: Wanted, x: string, b: Wanted, y: string): boolean {
  if (b.operator === "contains") return x.includes(y);
  if (a.operator !== b.operator) return false;
  return b.operator === "startsWith" ? x.startsWith(y) : x.endsWith(y);
}
