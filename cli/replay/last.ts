/** The option `--last`: the time up to now that an archive covers. */
import { durationMilliseconds, minus, type Time } from "../../lambdas/domain/time/time.ts";
import { UsageError } from "../../stack/usage-error.ts";

export const lastOption = ["--last <duration>", "how far back, such as P30D"] as const;

export function windowOf(last: string | boolean | undefined, now: Time): { from: Time; until: Time } {
  const refused = new UsageError(`--last takes a duration such as P30D${last === undefined ? "" : `, not "${last}"`}.`);
  if (typeof last !== "string") throw refused;
  try {
    if (!(durationMilliseconds(last) > 0)) throw refused;
  } catch {
    throw refused;
  }
  return { from: minus(now, last), until: now };
}
