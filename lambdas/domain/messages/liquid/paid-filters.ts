/**
 * Filters and comparisons that are paid for from the message's budget before they run. The steps of a filter or
 * comparison are estimated from the size of its input, and the result of a filter is measured.
 */
import { type Context, defaultOperators } from "liquidjs";
import { copyingOf, itemsOf } from "./copying.ts";
import type { RenderBudget } from "./render-budget.ts";
import { budgetOf } from "./render-context.ts";

/** Filters that look at one item, or at the length only. */
const constant = new Set(["size", "first", "last", "default", "raw"]);
/** Filters that copy a list, item by item. The other filters on a list compare or evaluate each item. */
const copying = new Set(["push", "pop", "shift", "unshift", "concat", "reverse", "slice", "compact", "uniq", "join"]);
/** Filters that use their arguments unchanged. All other filters turn a list into a text or a number. */
const taking = new Set(["push", "unshift", "concat", "default"]);
/** Steps of a date; LiquidJS makes a formatter for each name of a month, day or zone. */
const DATE_STEPS = 40;
const NAME_STEPS = 120;
const NAMES = /[aAbBchPpxXZ]/g;
/** Characters that a filter reads; most filters use a regular expression. */
const FILTERED_PER_STEP = 30;
/** Characters of an expression that a filter such as `where_exp` parses each time it runs. */
const PARSED_PER_STEP = 4;
/** Steps for each item of a list that a filter evaluates. */
const EVALUATION = 3;

export type Handler = (this: { readonly context: Context }, ...values: unknown[]) => unknown;

/** The filter, which is paid for before it runs, and whose result is measured afterwards. */
export function paid(name: string, handler: Handler): Handler {
  return function* (value, ...rest) {
    const budget = budgetOf(this.context);
    budget.work(1);
    if (!constant.has(name)) budget.work(stepsOf(name, value, rest, budget));
    const made: unknown = yield handler.call(this, value, ...rest);
    budget.size(made);
    return made;
  };
}

function stepsOf(name: string, value: unknown, rest: readonly unknown[], budget: RenderBudget): number {
  const given = budget.size(value);
  const sizes = rest.map((each) => budget.size(each));
  const longest = Math.max(0, ...sizes.map(({ characters }) => characters));
  const read = taking.has(name)
    ? longest / FILTERED_PER_STEP
    : rest.reduce((sum: number, each, index) => sum + reading(each, sizes[index]?.characters ?? 0), 0);
  const parsed = name.endsWith("_exp") ? longest / PARSED_PER_STEP : 0;
  const copied = read + parsed + reading(value, given.characters);
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

/** A comparison of lists looks at each item, so it is paid for by size. */
export function operators(): typeof defaultOperators {
  const entries = Object.entries(defaultOperators).map(([name, compare]) => {
    const binary = compare as (left: unknown, right: unknown, context: Context) => unknown;
    const unary = compare as (value: unknown, context: Context) => unknown;
    if (name === "not") return [name, (value: unknown, context: Context) => unary(value, context)];
    return [
      name,
      (left: unknown, right: unknown, context: Context) => {
        const budget = budgetOf(context);
        const [a, b] = [budget.size(left), budget.size(right)];
        budget.work(0.5 + comparing(left, a.characters) + comparing(right, b.characters));
        return binary(left, right, context);
      },
    ];
  });
  return Object.fromEntries(entries) as typeof defaultOperators;
}

function dateSteps(pattern: unknown): number {
  if (typeof pattern !== "string") return DATE_STEPS + 5 * NAME_STEPS;
  return DATE_STEPS + pattern.length * 2 + (pattern.match(NAMES)?.length ?? 0) * NAME_STEPS;
}

/** A list is printed item by item, a text read in one go. */
const reading = (value: unknown, characters: number) =>
  characters / (typeof value === "object" ? 5 : FILTERED_PER_STEP);

/** A list is compared item by item, a text in one go. */
const comparing = (value: unknown, characters: number) => characters / (typeof value === "object" ? 5 : 100);
