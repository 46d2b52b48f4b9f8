/**
 * A problem in a document: its path, its code, and a message that tells the author how to fix it.
 *
 * This file turns zod's issues into problems, so that each message is a sentence for an admin and suggests the nearest
 * known word. `explain` makes the messages, and `problemsOf` the codes and paths.
 */

import * as z from "zod/mini";
import { didYouMean } from "../values/did-you-mean.ts";
import type { Example } from "./example.ts";
import { explain, isMissing } from "./issue-text.ts";

export interface Problem {
  /**
   * The path of the wrong member, such as `components.remind.template` or `exit[0].where`; empty for the whole
   * document.
   */
  readonly path: string;
  readonly code: string;
  readonly message: string;
  /** Absent: an error. A warning refuses nothing. */
  readonly severity?: Severity;
  /** A customer and events that show the problem: a scenario for the simulator, without documents. */
  readonly example?: Example;
}

export type Severity = "error" | "warning";

export const isError = ({ severity = "error" }: Pick<Problem, "severity">) => severity === "error";

export type Path = readonly (string | number)[];

export function pathText(path: Path): string {
  return path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : text === "" ? part : `${text}.${part}`),
    "",
  );
}

/**
 * Cuts the middle out of a message that quotes a long text. The start of a message names the fault, and its end names
 * the fix.
 */
export function brief(message: string): string {
  return message.length <= MOST_CHARACTERS
    ? message
    : `${message.slice(0, 120)} … ${message.slice(-260)}`.toWellFormed();
}

const MOST_CHARACTERS = 400;

const MOST_LISTED = 100;

/** At most 100 problems, errors first, and one that counts the rest. */
export function first(problems: readonly Problem[]): Problem[] {
  if (problems.length <= MOST_LISTED) return [...problems];
  const listed = [...problems.filter(isError), ...problems.filter((problem) => !isError(problem))].slice(
    0,
    MOST_LISTED,
  );
  const message = `There are ${problems.length - MOST_LISTED} more problems. Fix these first, then check again.`;
  return [
    ...listed,
    { path: "", code: "more-problems", message, ...(listed.some(isError) ? {} : { severity: "warning" }) },
  ];
}

/** Checks a value against a schema. Returns the parsed value or its problems, at most 100. */
export function check<T>(
  schema: z.core.$ZodType<T>,
  input: unknown,
  hints: Hints = none,
): { value: T } | { problems: Problem[] } {
  const checked = checkAll(schema, input, hints);
  return "problems" in checked ? { problems: first(checked.problems) } : checked;
}

/** Like `check`, but lists every problem, for callers that find more problems themselves. */
export function checkAll<T>(
  schema: z.core.$ZodType<T>,
  input: unknown,
  hints: Hints = none,
): { value: T } | { problems: Problem[] } {
  const result = z.safeParse(schema, input, { reportInput: true, error: explain });
  const names = hints.reserved(input);
  const others = result.success ? [] : problemsOf(result.error.issues, [], hints);
  const isNamed = ({ path }: Problem) => names.some((name) => name.path === path);
  const problems = [...names, ...others.filter((problem) => !isNamed(problem))];
  return result.success && problems.length === 0 ? { value: result.data } : { problems };
}

type Issue = z.core.$ZodIssue;

/** What to write instead, for documents that people write (`document-hints.ts`). The checks of events give no hints. */
export interface Hints {
  /** For a member that the format does not have. */
  readonly member: (key: string, known: readonly string[], input: unknown) => string;
  /** For a value of a wrong type. `member`: its name; `goals[]` is an item of goals. */
  readonly value: (member: string, input: unknown, path: Path) => string;
  /** A problem for each name that no document can have. */
  readonly reserved: (input: unknown) => readonly Problem[];
  /** The message for a value that has no member of any option of a union. */
  readonly union: (issue: z.core.$ZodIssueInvalidUnion) => string | undefined;
}

const none: Hints = { member: didYouMean, value: () => "", reserved: () => [], union: () => undefined };

function problemsOf(issues: readonly Issue[], above: Path, hints: Hints): Problem[] {
  const untyped = new Set(
    issues.filter(({ code }) => code === "invalid_type").map(({ path }) => pathText(path as Path)),
  );
  const sized = (issue: Issue) => issue.code === "too_small" || issue.code === "too_big";
  const telling = issues.filter((issue) => !(sized(issue) && untyped.has(pathText(issue.path as Path))));
  return telling.flatMap((issue): Problem[] => {
    const path = [...above, ...(issue.path as (string | number)[])];
    switch (issue.code) {
      case "unrecognized_keys":
        return issue.keys.map((key) => ({
          path: pathText([...path, key]),
          code: "unknown-member",
          message: brief(
            `There is no member "${key}" here.${hints.member(key, JSON.parse(issue.message) as string[], issue.input)}`,
          ),
        }));
      case "invalid_key":
        return problemsOf(issue.issues, path, hints);
      case "invalid_union":
        if (issue.errors.length > 0) {
          const whole = hints.union(issue);
          if (whole !== undefined) return [{ path: pathText(path), code: "missing-member", message: whole }];
          return problemsOf(likeliest(issue.errors), path, hints);
        }
    }
    const last = path.at(-1);
    // In a union, zod does not pass the name of the missing member.
    const message = issue.message
      .replace(/^""(?= is missing)/, () => JSON.stringify(String(last ?? "")))
      .replace(/Add it\.$/, last === "value" ? 'Add it, such as "value": 20.' : "$&");
    const member = typeof last === "number" ? `${path.at(-2)}[]` : String(last);
    const hint = issue.input === null || issue.code === "invalid_type" ? hints.value(member, issue.input, path) : "";
    return [{ path: pathText(path), code: codeOf(issue), message: brief(message + hint) }];
  });
}

/** The issues of the union's option that the author most probably meant. */
function likeliest(options: readonly (readonly Issue[])[]): readonly Issue[] {
  const strangeness = (issues: readonly Issue[]) =>
    issues.reduce(
      (sum, issue) =>
        sum +
        (issue.code === "unrecognized_keys" ? 10 * issue.keys.length : 1) +
        (issue.code === "invalid_union" && isMissing(issue) ? 19 : 0) +
        (issue.path.length === 0 && (issue.code === "invalid_type" || issue.code === "invalid_value") ? 100 : 0),
      0,
    );
  return options.toSorted((a, b) => strangeness(a) - strangeness(b))[0] ?? [];
}

const codes: Partial<Record<Issue["code"], string>> = {
  invalid_type: "wrong-type",
  too_small: "out-of-range",
  too_big: "out-of-range",
  not_multiple_of: "out-of-range",
};

function codeOf(issue: Issue): string {
  if (isMissing(issue)) return "missing-member";
  if (issue.code === "invalid_union" && "discriminator" in issue) return `unknown-${String(issue.discriminator)}`;
  if (issue.code === "custom" && typeof issue.params?.code === "string") return issue.params.code;
  return codes[issue.code] ?? "bad-value";
}
