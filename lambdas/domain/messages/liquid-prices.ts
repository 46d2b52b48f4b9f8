/** What the filters and operators of LiquidJS cost, in the steps of `render-budget.ts`. */
import type { RenderBudget } from "./render-budget.ts";

/** Filters that look at one item, or at the length only. */
export const constant = new Set(["size", "first", "last", "default", "raw"]);
/** Filters that copy a list, item by item. The other filters on a list compare or evaluate each item. */
const copying = new Set(["push", "pop", "shift", "unshift", "concat", "reverse", "slice", "compact", "uniq", "join"]);
/** Filters that take their arguments as they are. The others turn a list into a text or a number. */
const taking = new Set(["push", "unshift", "concat", "default"]);
/** Steps of a date; LiquidJS makes a formatter for each name of a month, day or zone. */
const DATE_STEPS = 40;
const NAME_STEPS = 120;
const NAMES = /[aAbBchPpxXZ]/g;
const COPIED_PER_STEP = 20;
/** Characters that a filter reads; most filters use a regular expression. */
const FILTERED_PER_STEP = 30;
/** Steps for each item of a list that a filter evaluates. */
const EVALUATION = 3;

/** The steps of a filter before it runs. */
export function stepsOf(name: string, value: unknown, rest: readonly unknown[], budget: RenderBudget): number {
  const given = budget.size(value);
  const sizes = rest.map((each) => budget.size(each));
  const longest = Math.max(0, ...sizes.map(({ characters }) => characters));
  const read = taking.has(name)
    ? longest / FILTERED_PER_STEP
    : rest.reduce((sum: number, each, index) => sum + reading(each, sizes[index]?.characters ?? 0), 0);
  const copied = read + reading(value, given.characters);
  if (name.startsWith("date")) return copied + dateSteps(name === "date" ? rest[0] : "%b");
  if (name.includes("json") || name === "inspect") {
    const indented =
      given.characters * given.depth * Math.min(10, Math.max(0, Number(rest[0]) || String(rest[0] ?? "").length));
    budget.use(given.characters + indented);
    return copied;
  }
  if (typeof value !== "object" || value === null) return copied;
  if (copying.has(name)) return copied + copyingOf(value);
  return copied + itemsOf(value) * (EVALUATION + longest / 20);
}

function dateSteps(pattern: unknown): number {
  if (typeof pattern !== "string") return DATE_STEPS + 5 * NAME_STEPS;
  return DATE_STEPS + pattern.length * 2 + (pattern.match(NAMES)?.length ?? 0) * NAME_STEPS;
}

const itemsOf = (value: object) => (Array.isArray(value) ? value.length : Object.keys(value).length);

/** A list is copied in one go; the members of an object become a list of pairs first. */
export const copyingOf = (value: object) => itemsOf(value) / (Array.isArray(value) ? COPIED_PER_STEP : 1);

/** A list is printed item by item, a text read in one go. */
const reading = (value: unknown, characters: number) =>
  characters / (typeof value === "object" ? 5 : FILTERED_PER_STEP);

/** A list is compared item by item, a text in one go. */
export const comparing = (value: unknown, characters: number) => characters / (typeof value === "object" ? 5 : 100);
