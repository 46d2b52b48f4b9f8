/**
 * The sentence for one of zod's issues. The sentence is made while zod checks the value, because only then is the
 * schema known, with its description, its examples and its members.
 */
import * as z from "zod/mini";
import { durationsOf } from "../time/duration-words.ts";
import { weekdaysIn } from "../time/time-words.ts";
import { didYouMean } from "../values/did-you-mean.ts";
import { synonymOf } from "./synonyms.ts";

/** The sentence for an issue. For unknown members it passes the known members to `problemsOf`, as JSON. */
export function explain(issue: z.core.$ZodRawIssue): string | undefined {
  const schema = issue.inst as { _zod?: { def?: { shape?: object } } } | undefined;
  if (issue.code === "unrecognized_keys") return JSON.stringify(Object.keys(schema?._zod?.def?.shape ?? {}));
  const name = String(issue.path?.at(-1) ?? "");
  if (issue.code === "invalid_union" && "discriminator" in issue) {
    const member = String(issue.discriminator);
    const options = (issue.options ?? []) as string[];
    const found = (issue.input as Record<string, unknown> | undefined)?.[member];
    return isMissing(issue)
      ? `"${member}" is missing here. Say one of ${list(options)}.`
      : `There is no ${member} ${shown(found)}.${otherwise(found) ?? guess(found, options)} Say one of ${list(options)}.`;
  }
  if (isMissing(issue)) {
    const description = issue.inst ? z.globalRegistry.get(issue.inst as z.core.$ZodType)?.description : undefined;
    const wanted =
      issue.code === "invalid_value"
        ? `Say one of ${list((issue.values as unknown[]).map(String))}.`
        : added(name, issue);
    return `"${name}" is missing here${description ? ` (${description})` : ""}. ${wanted}`;
  }
  // In a union and in a list, zod does not pass the name. The problem's path names the place.
  const where = name === "" ? "This" : /^\d+$/.test(name) ? "This item" : `"${name}"`;
  switch (issue.code) {
    case "invalid_type":
      return `${where} must be ${kinds[issue.expected as string] ?? issue.expected}${example(issue)}, not ${shown(issue.input)}.${rewritten(issue)}`;
    case "invalid_value": {
      const values = (issue.values as unknown[]).map(String);
      return values.length === 1
        ? `${where} must be "${values[0]}", not ${shown(issue.input)}.`
        : `${where} cannot be ${shown(issue.input)}.${guess(issue.input, values)} Say one of ${list(values)}.`;
    }
    case "invalid_format":
    case "custom":
      return undefined;
    case "too_small":
      return `${where} ${amount(issue, "at least", issue.minimum as number)}.`;
    case "too_big":
      return `${where} ${amount(issue, "at most", issue.maximum as number)}.`;
    default:
      return undefined;
  }
}

/** The components of other systems in the words of this format, where a name alone would not be enough. */
function otherwise(type: unknown): string | undefined {
  if (typeof type !== "string") return undefined;
  if (/^(exit|end|stop|finish)$/i.test(type)) return ' To end the journey, leave "next" out.';
  const calls = /^(webhook|http|httprequest|request|callwebhook)$/i.test(type);
  return calls ? ' Write "emitEvent": it publishes an event, and a rule of the bus calls the address.' : undefined;
}

/** What to add, with an example where the form is not plain. */
function added(name: string, { inst }: z.core.$ZodRawIssue): string {
  const example = inst && firstExample(inst);
  return example === undefined ? "Add it." : `Add it, such as "${name}": ${JSON.stringify(example)}.`;
}

const kinds: Record<string, string> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  tuple: "a list of two",
  object: "an object",
  record: "an object",
};

/** An example of the value that a schema expects. */
function example({ inst }: z.core.$ZodRawIssue): string {
  const first = inst && firstExample(inst);
  return first === undefined ? "" : ` such as ${JSON.stringify(first)}`;
}

function firstExample(inst: unknown): unknown {
  const examples = z.globalRegistry.get(inst as z.core.$ZodType)?.examples as readonly unknown[] | undefined;
  return examples?.[0];
}

const MOST_QUOTED = 80;

/** The value in the form that the schema expects, where only the form is wrong: a number in quotes, an item without a list. */
function rewritten({ expected, input, path, inst }: z.core.$ZodRawIssue): string {
  if (expected === "string" && typeof input === "number" && /^P.*\d/.test(String(inst && firstExample(inst))))
    return durationsOf(input);
  if (expected === "number" && typeof input === "string" && /^-?\d+(\.\d+)?$/.test(input))
    return ` Write ${Number(input)} without quotes.`;
  const [, from, to] = expected === "tuple" ? (/^(-?[\d.]+) ?[-–,] ?(-?[\d.]+)$/.exec(String(input)) ?? []) : [];
  if (from !== undefined) return ` Write [${from}, ${to}].`;
  if (expected !== "array" || input === null || Array.isArray(input)) return "";
  if (path?.at(-1) === "branches") return shares(input);
  const parts = typeof input === "string" ? (weekdaysIn(input) ?? input.split(/\s*,\s*/)) : [input];
  const text = JSON.stringify(parts);
  return text.length <= MOST_QUOTED ? ` Write ${text}.` : "";
}

/** The shares of a split that its author wrote as names and numbers, such as `{ "a": 50, "b": 50 }`. */
function shares(input: unknown): string {
  const named = Object.entries(Object(input) as object);
  if (named.length === 0 || named.some(([, percent]) => typeof percent !== "number")) return "";
  const text = named.map(([name, percent]) => `{ "percent": ${percent}, "next": ${JSON.stringify(name)} }`).join(", ");
  return text.length <= MOST_QUOTED ? ` Write [${text}].` : "";
}

/** How often a customer may enter, in words, and the cooldown of it. */
const periods: Readonly<Record<string, string>> = { hourly: "PT1H", daily: "P1D", weekly: "P7D", monthly: "P30D" };

/** Only a text can be a misspelled word. For some objects, a conversion to text even throws. */
function guess(value: unknown, options: readonly string[]): string {
  if (typeof value !== "string") return "";
  const meant = synonymOf(value, options);
  if (meant !== undefined) return ` Did you mean "${meant}"?`;
  const days = options.includes("mon") ? weekdaysIn(value) : undefined;
  if (days) return ` Write ${list(days)}.`;
  const often = options.includes("always") ? periods[value.toLowerCase()] : undefined;
  if (often) return ` Write { "cooldown": "${often}" }.`;
  if (options.includes("read") && /^(not|un)/i.test(value))
    return ' A rule on "read" goes to "notMet" when the status is not reached in time.';
  const near = didYouMean(value, options);
  return near.startsWith(" Did") ? near : "";
}

function amount(issue: z.core.$ZodRawIssue, bound: string, limit: number): string {
  if (issue.origin === "array") return `must have ${bound} ${limit} item${limit === 1 ? "" : "s"}`;
  if (issue.origin === "string") return `must have ${bound} ${limit} character${limit === 1 ? "" : "s"}`;
  return `must be ${issue.inclusive === false ? (bound === "at least" ? "more than" : "less than") : bound} ${limit}, not ${shown(issue.input)}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function list(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(", ");
}

export function isMissing(issue: { code?: string; input?: unknown; discriminator?: unknown; path?: unknown }): boolean {
  if (issue.code === "invalid_union" && typeof issue.discriminator === "string")
    return !Object.hasOwn(Object(issue.input), issue.discriminator);
  return (issue.code === "invalid_type" || issue.code === "invalid_value") && issue.input === undefined;
}
