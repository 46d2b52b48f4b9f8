/** All findings about a stack, in the order in which an event passes through it. */
import { accountChecks } from "./account-checks.ts";
import { eventChecks } from "./event-checks.ts";
import type { Finding } from "./finding.ts";
import { journeyChecks } from "./journey-checks.ts";
import type { Observed } from "./observed.ts";
import { segmentChecks } from "./segment-checks.ts";

export function findingsOf(observed: Observed): Finding[] {
  return [...eventChecks, ...journeyChecks, ...segmentChecks, ...accountChecks].flatMap((check) => check(observed));
}

/** A note or an unknown state does not make a stack unhealthy. */
export function isHealthy(findings: readonly Finding[]): boolean {
  return findings.every(({ state }) => state !== "failing");
}
