/** Which customers `journeys enter` considers, as its options say. */

import { condition } from "../../lambdas/domain/conditions/condition.ts";
import { check } from "../../lambdas/domain/documents/problem.ts";
import type { Aim } from "../../lambdas/domain/schedule/audience-run.ts";
import { durationMilliseconds } from "../../lambdas/domain/time/time.ts";
import { UsageError } from "../../stack/usage-error.ts";
import { type ListedCustomer, readCustomerList } from "../enter/customer-list.ts";
import { readDocument } from "../files/document.ts";
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

/** `retentionDays`: for how long the stack stores events. */
export function aimOf(
  options: Options,
  retentionDays: number,
  io: Io,
): Aimed | { readonly refused: readonly string[] } {
  const given = WAYS.filter((way) => options[way] !== undefined && options[way] !== false);
  const [way, ...more] = given;
  if (way === undefined || more.length > 0)
    throw new UsageError(
      "Give one of --all, --audience, --csv, --customers and --event: which customers are considered.",
    );
  const value = String(options[way]);
  switch (way) {
    case "all":
      return { aim: { kind: "all" } };
    case "audience":
      return audienceIn(value, io);
    case "csv":
      return listIn(value, options.skipBad === true, io);
    case "customers":
      return named(value.split(/[\s,]+/).filter((id) => id !== ""));
    case "event":
      return { aim: { kind: "event", name: value, within: withinOf(options.within, retentionDays) } };
  }
}

const named = (ids: readonly string[]): Aimed => {
  const customerIds = [...new Set(ids)];
  return { aim: { kind: "customers", customerIds: [] }, named: customerIds };
};

function audienceIn(file: string, io: Io): Aimed | { readonly refused: readonly string[] } {
  const read = readDocument(file, io);
  if ("problems" in read) return { refused: read.problems.map(({ message }) => `${file}: ${message}`) };
  const checked = check(condition, read.value);
  if ("problems" in checked)
    return { refused: checked.problems.map(({ path, message }) => `${file}: ${path ? `${path}: ` : ""}${message}`) };
  return { aim: { kind: "audience", where: checked.value } };
}

function listIn(file: string, skipBad: boolean, io: Io): Aimed | { readonly refused: readonly string[] } {
  const list = readCustomerList(io.read(file));
  if ("problems" in list)
    return {
      refused: list.problems.map(({ line, message }) => `${file}${line === undefined ? "" : `:${line}`}: ${message}`),
    };
  const bad = list.bad.map(({ line, message }) => `${file}:${line}: ${message}`);
  if (bad.length > 0 && !skipBad)
    return { refused: [...bad, `${bad.length} lines cannot be used. --skip-bad enters the others.`] };
  for (const line of bad) io.err(`skipped ${line}`);
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
