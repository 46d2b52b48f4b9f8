/** What replay and forecast have in common: which reports are assumed of messages, and how documents are refused. */
import type { Problem } from "../../lambdas/domain/documents/problem.ts";
import { readCustomer } from "../../proof/replay/archive.ts";
import { addToRates, type Policy, policies, type Rates } from "../../proof/replay/reports.ts";
import { UsageError } from "../../stack/usage-error.ts";
import type { ExitCode, Io } from "../terminal/io.ts";
import { refuse } from "../terminal/show-problems.ts";
import type { Line } from "./line.ts";

export function policyOf(given: string | boolean | undefined): Policy {
  const policy = policies.find((each) => each === given);
  if (policy) return policy;
  throw new UsageError(`--statuses takes ${policies.join(", ")}, not "${given}".`);
}

export function ratesIn(lines: readonly Line[]): Rates {
  const rates: Rates = {};
  for (const { text, isRepeated } of lines) {
    if (isRepeated || !mayHaveReports(text)) continue;
    const read = readCustomer(text);
    // A line that cannot be read is reported when it is replayed.
    if ("value" in read) addToRates(rates, read.value.statuses);
  }
  return rates;
}

/** Most customers were sent no message. A member's name may be written with escapes. */
const mayHaveReports = (text: string) => text.includes('"statuses"') || text.includes("\\u");

/** Documents that are refused together, after each of them was checked by itself. */
export function refuseDocuments(problems: readonly Problem[], json: boolean, io: Io): ExitCode {
  return refuse(
    problems.map((each) => ({ file: "documents", ...each })),
    json,
    io,
  );
}
