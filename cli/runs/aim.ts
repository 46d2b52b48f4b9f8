/** Which customers `journeys enter` considers, as its options say. */

import { count } from "../../insight/words/count.ts";
import { audienceProblems } from "../../lambdas/domain/checks/check-conditions.ts";
import { condition } from "../../lambdas/domain/conditions/condition.ts";
import { customerId } from "../../lambdas/domain/customer/customer-changes.ts";
import { check } from "../../lambdas/domain/documents/problem.ts";
import type { Aim } from "../../lambdas/domain/schedule/audience-run.ts";
import type { SegmentConditions } from "../../lambdas/domain/segments/resolve-segments.ts";
import { durationMilliseconds } from "../../lambdas/domain/time/time.ts";
import { UsageError } from "../../stack/usage-error.ts";
import { type ListedCustomer, readCustomerList } from "../enter/customer-list.ts";
import { numberNotes } from "../enter/number-notes.ts";
import { readBytes, readDocument } from "../files/document.ts";
import type { Io } from "../terminal/io.ts";

type Options = Readonly<Record<string, string | boolean | undefined>>;

export interface Aimed {
  readonly aim: Aim;
  /** The customers of a list that a person gave. */
  readonly named?: readonly string[];
  /** With the cells of a file. */
  readonly listed?: readonly ListedCustomer[];
}

const WAYS = ["all", "audience", "csv", "customers", "event"] as const;

/** `retentionDays`: for how long the stack stores events. `segments`: the live segments, which an audience may name. */
export function aimOf(
  options: Options,
  { retentionDays, segments }: { readonly retentionDays: number; readonly segments: SegmentConditions },
  io: Io,
): Aimed | { readonly refused: readonly string[] } {
  const given = WAYS.filter((way) => options[way] !== undefined && options[way] !== false);
  const [way, ...more] = given;
  if (way === undefined || more.length > 0)
    throw new UsageError(
      "Give one of --all, --audience, --csv, --customers and --event to say which customers are considered.",
    );
  for (const [option, needed] of Object.entries(NEEDED))
    if (way !== needed && options[option] !== undefined && options[option] !== false)
      throw new UsageError(`${OPTION_NAMES[option as keyof typeof NEEDED]} goes with --${needed} only.`);
  const value = String(options[way]);
  switch (way) {
    case "all":
      return { aim: { kind: "all" } };
    case "audience":
      return audienceIn(value, segments, io);
    case "csv":
      return listIn(value, { skipBad: options.skipBad === true, update: options.update === true }, io);
    case "customers":
      return namedIn(value);
    case "event":
      return { aim: { kind: "event", name: value, within: withinOf(options.within, retentionDays) } };
  }
}

/** Without the way that they belong to, these would be left out in silence, and more customers would enter than meant. */
const NEEDED = { within: "event", skipBad: "csv", update: "csv" } as const;
const OPTION_NAMES: Record<keyof typeof NEEDED, string> = {
  within: "--within",
  skipBad: "--skip-bad",
  update: "--update",
};

const named = (ids: readonly string[]): Aimed => {
  const customerIds = [...new Set(ids)];
  return { aim: { kind: "customers", customerIds: [] }, named: customerIds };
};

function namedIn(value: string): Aimed {
  const ids = value.split(/[\s,]+/).filter((id) => id !== "");
  if (ids.length === 0) throw new UsageError("--customers names no customer.");
  for (const id of ids) {
    const checked = check(customerId, id);
    if ("problems" in checked)
      throw new UsageError(
        `--customers: ${JSON.stringify(id).slice(0, 60)} cannot be a customer's id: ${checked.problems[0]?.message}`,
      );
  }
  return named(ids);
}

function audienceIn(
  file: string,
  segments: SegmentConditions,
  io: Io,
): Aimed | { readonly refused: readonly string[] } {
  const read = readDocument(file, io);
  if ("problems" in read) return { refused: read.problems.map(({ message }) => `${file}: ${message}`) };
  const checked = check(condition, read.value);
  const problems = "problems" in checked ? checked.problems : audienceProblems(read.value, segments, []);
  if ("problems" in checked || problems.length > 0)
    return { refused: problems.map(({ path, message }) => `${file}: ${path ? `${path}: ` : ""}${message}`) };
  return { aim: { kind: "audience", where: checked.value } };
}

function listIn(
  file: string,
  { skipBad, update }: { readonly skipBad: boolean; readonly update: boolean },
  io: Io,
): Aimed | { readonly refused: readonly string[] } {
  const list = readCustomerList(readBytes(file, io));
  if ("problems" in list)
    return {
      refused: list.problems.map(({ line, message }) => `${file}${line === undefined ? "" : `:${line}`}: ${message}`),
    };
  const bad = list.bad.map(({ line, message }) => `${file}:${line}: ${message}`);
  if (bad.length > 0 && !skipBad)
    return {
      refused: [
        ...bad,
        `${count(bad.length, "line")} cannot be used. --skip-bad enters the customers of the other lines.`,
      ],
    };
  if (list.customers.length === 0) return { refused: [...bad, `${file}: The list has no customer who can enter.`] };
  for (const line of bad) io.err(`skipped ${line}`);
  if (update) for (const note of numberNotes(file, list.customers)) io.err(note);
  return { ...named(list.customers.map(({ customerId }) => customerId)), listed: list.customers };
}

function withinOf(within: string | boolean | undefined, retentionDays: number): string {
  if (typeof within !== "string") throw new UsageError("--event needs --within, such as --within P30D.");
  let length: number;
  try {
    length = durationMilliseconds(within);
  } catch {
    throw new UsageError(`--within takes a duration such as P30D, not "${within}".`);
  }
  if (!(length > 0)) throw new UsageError(`--within takes a duration such as P30D, not "${within}".`);
  if (length > retentionDays * 86_400_000)
    throw new UsageError(`The stack stores events for ${retentionDays} days, so --within cannot be longer.`);
  return within;
}
