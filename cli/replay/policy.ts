/** What replay and forecast have in common: which reports are assumed of messages, and how documents are refused. */
import { readCustomer } from "../../proof/replay/archive.ts";
import { addToRates, type Policy, policies, type Rates } from "../../proof/replay/reports.ts";
import { UsageError } from "../../stack/usage-error.ts";
import type { FileProblem } from "../files/check-files.ts";
import type { ExitCode, Io } from "../terminal/io.ts";
import { showProblems } from "../terminal/show-problems.ts";

export function policyOf(given: string | boolean | undefined): Policy {
  const policy = policies.find((each) => each === given);
  if (policy) return policy;
  throw new UsageError(`--statuses takes ${policies.join(", ")}, not "${given}".`);
}

/** `lines`: the customers of an archive. */
export async function ratesIn(lines: AsyncIterable<string>): Promise<Rates> {
  const rates: Rates = {};
  for await (const line of lines) {
    const read = readCustomer(line);
    // A line that cannot be read is reported when it is replayed.
    if ("value" in read) addToRates(rates, read.value.statuses);
  }
  return rates;
}

export function refuse(problems: readonly FileProblem[], json: boolean, io: Io): ExitCode {
  if (json) io.out(JSON.stringify({ ok: false, problems }));
  else for (const [name, found] of Map.groupBy(problems, ({ file }) => file)) showProblems(name, found, io);
  return 1;
}
