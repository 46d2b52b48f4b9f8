/**
 * The sentence for one of zod's issues. It is made while zod checks the value, because only then is the schema at hand,
 * with its description, its examples and its members.
 */
import * as z from "zod/mini";
import { durationOf } from "../time/duration-words.ts";
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
      : `There is no ${member} ${shown(found)}.${isEnd(found) ? ' To end the journey, leave "next" out.' : guess(found, options)} Say one of ${list(options)}.`;
  }
  if (isMissing(issue)) {
    const description = issue.inst ? z.globalRegistry.get(issue.inst as z.core.$ZodType)?.description : undefined;
    const wanted =
      issue.code === "invalid_value" ? `Say one of ${list((issue.values as unknown[]).map(String))}.` : "Add it.";
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

/** Other systems have a component that ends a journey. */
const isEnd = (type: unknown) => typeof type === "string" && /^(exit|end|stop|finish)$/i.test(type);

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

/** An example of the text that a schema expects. For a number of seconds, the duration of that length. */
function example({ inst, expected, input }: z.core.$ZodRawIssue): string {
  if (!inst) return "";
  const [first] = (z.globalRegistry.get(inst as z.core.$ZodType)?.examples ?? []) as unknown[];
  if (expected !== "string" || typeof first !== "string")
    return first === undefined ? "" : ` such as ${JSON.stringify(first)}`;
  const isDuration = /^P.*\d/.test(first) && typeof input === "number" && input >= 60;
  return ` such as ${JSON.stringify(isDuration ? durationOf(input) : first)}`;
}

const MOST_QUOTED = 80;

/** The value in the form that the schema expects, where only the form is wrong: a number in quotes, an item without a list. */
function rewritten({ expected, input, path }: z.core.$ZodRawIssue): string {
  if (expected === "number" && typeof input === "string" && /^-?\d+(\.\d+)?$/.test(input))
    return ` Write ${Number(input)} without quotes.`;
  if (expected !== "array" || input === null || Array.isArray(input)) return "";
  if (path?.at(-1) === "branches") return " Write a list with one object for each branch.";
  const text = JSON.stringify([input]);
  return text.length <= MOST_QUOTED ? ` Write ${text}.` : "";
}

/** Only a text can be a misspelled word. An object may even have no text form. */
function guess(value: unknown, options: readonly string[]): string {
  if (typeof value !== "string") return "";
  const meant = synonymOf(value, options);
  if (meant !== undefined) return ` Did you mean "${meant}"?`;
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
