/** The options of `journeys forecast`. */
import { check } from "../../lambdas/domain/documents/problem.ts";
import { type Limits, limits } from "../../lambdas/domain/messages/limits.ts";
import { durationMilliseconds } from "../../lambdas/domain/time/time.ts";
import { UsageError } from "../../stack/usage-error.ts";
import { readDocument } from "../files/document.ts";
import type { Given } from "../terminal/command.ts";
import type { Io } from "../terminal/io.ts";

export function settingsOf(options: Given["options"], io: Io) {
  return {
    next: durationIn(options.next),
    most: numberIn("--most", options.most) ?? 3,
    mailRate: numberIn("--mail-rate", options.mailRate),
    limits: typeof options.limits === "string" ? limitsIn(options.limits, io) : undefined,
  };
}

function durationIn(given: string | boolean | undefined = "P7D"): string {
  try {
    if (durationMilliseconds(String(given)) > 0) return String(given);
  } catch {
    // Told below.
  }
  throw new UsageError(`--next takes a duration such as P7D, not "${given}".`);
}

function numberIn(name: string, given: string | boolean | undefined): number | undefined {
  if (given === undefined) return undefined;
  const [digits] = /^[1-9]\d{0,5}$/.exec(String(given)) ?? [];
  if (digits !== undefined) return Number(digits);
  throw new UsageError(`${name} takes a whole number from 1 on, not "${given}".`);
}

function limitsIn(file: string, io: Io): Limits {
  const read = readDocument(file, io);
  const checked = "problems" in read ? read : check(limits, read.value);
  if ("problems" in checked) {
    const [problem] = checked.problems;
    throw new UsageError(`${file} has no limits: ${problem?.path} ${problem?.message}`);
  }
  return checked.value;
}
