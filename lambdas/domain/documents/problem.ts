/**
 * A problem in a document: its path, its code, and a message that tells the author how to fix it.
 *
 * This file turns zod's issues into problems, so that each message is a sentence for an admin and suggests the nearest
 * known word. `explain` makes the messages, and `problemsOf` the codes and paths.
 */

import * as z from "zod/mini";
import { didYouMean } from "../values/did-you-mean.ts";
import { explain, isMissing } from "./issue-text.ts";
import { synonymOf } from "./synonyms.ts";

export interface Problem {
  /** Such as `components.remind.template` or `exit[0].where`; empty for the whole document. */
  readonly path: string;
  readonly code: string;
  readonly message: string;
  /** Absent: an error. A warning refuses nothing. */
  readonly severity?: Severity;
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

/** Cuts the middle out of a message that quotes a long text. Its start names the fault and its end the fix. */
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
export function check<T>(schema: z.core.$ZodType<T>, input: unknown): { value: T } | { problems: Problem[] } {
  const checked = checkAll(schema, input);
  return "problems" in checked ? { problems: first(checked.problems) } : checked;
}

/** Like `check`, but lists every problem, for callers that find more problems themselves. */
export function checkAll<T>(schema: z.core.$ZodType<T>, input: unknown): { value: T } | { problems: Problem[] } {
  const result = z.safeParse(schema, input, { reportInput: true, error: explain });
  return result.success ? { value: result.data } : { problems: problemsOf(result.error.issues, []) };
}

type Issue = z.core.$ZodIssue;

function problemsOf(issues: readonly Issue[], above: Path): Problem[] {
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
          message: brief(`There is no member "${key}" here.${memberHint(key, JSON.parse(issue.message) as string[])}`),
        }));
      case "invalid_key":
        return problemsOf(issue.issues, path);
      case "invalid_union":
        if (issue.errors.length > 0) return problemsOf(likeliest(issue.errors), path);
    }
    const message = issue.message.replace(/^""(?= is missing)/, () => JSON.stringify(String(path.at(-1) ?? "")));
    const last = path.at(-1);
    const member = typeof last === "number" ? `${path.at(-2)}[]` : String(last);
    const hint =
      issue.input === null ? nullHints[member] : issue.code === "invalid_type" ? typeHint(member, issue.input) : "";
    return [{ path: pathText(path), code: codeOf(issue), message: brief(message + (hint ?? "")) }];
  });
}

/** The word that other systems use for a member comes before the word that is spelled like it. */
function memberHint(key: string, known: readonly string[]): string {
  if (known.includes("subject") && /^(from|sender|replyTo)$/.test(key)) return ' A journey has it, in "sender".';
  const meant = synonymOf(key, known);
  return meant === undefined ? didYouMean(key, known) : ` Did you mean "${meant}"?`;
}

const leaveOut = " To end the journey here, leave it out.";

/** What an author of a `null` probably wants, by the name of the member. */
const nullHints: Readonly<Record<string, string>> = {
  value: ' For a missing value, use the operator "notExists" without a value.',
  next: leaveOut,
  met: leaveOut,
  notMet: leaveOut,
  otherwise: leaveOut,
};

const condition = ' Write { "field": "event.total", "operator": "greaterThan", "value": 20 }.';
const oneComponent = " A condition or a split chooses between several components.";

/** What to write in place of a value of a wrong type, by the name of the member; `goals[]` is an item of goals. */
const typeHints: Readonly<Record<string, string>> = {
  trigger: ' Write { "event": "order.placed" }.',
  sender: ' Write { "from": "Shop <hello@shop.example>" }.',
  components: ' Write { "greet": { "type": "sendTemplate", "template": "welcome" } }.',
  "exit[]": ' Write { "id": "bought", "event": "order.placed" }.',
  "goals[]": ' Write { "id": "purchase", "event": "order.placed" }.',
  where: condition,
  audience: condition,
  when: condition,
  percent: " Write 50 for half of the customers.",
  until:
    ' Write { "time": "09:00" } for a time of day, or { "field": "customer.trialEndsAt", "ifPast": "continue" } for a date in a field.',
  next: oneComponent,
  met: oneComponent,
  notMet: oneComponent,
  otherwise: oneComponent,
};

function typeHint(member: string, input: unknown): string | undefined {
  const hint = typeHints[member];
  if (!Array.isArray(input)) return hint;
  if (member === "event") return " Name one event here.";
  return hint === condition ? ' Write { "all": [ … ] } around several conditions.' : hint;
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
