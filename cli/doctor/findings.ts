/** What was looked at, judged: in the order in which an event goes through the stack. */
import type { Finding } from "./finding.ts";
import type { Observed } from "./observed.ts";
import { onAccount } from "./on-account.ts";
import { onEvents } from "./on-events.ts";
import { onJourneys } from "./on-journeys.ts";

export function findingsOf(observed: Observed): Finding[] {
  return [...onEvents, ...onJourneys, ...onAccount].flatMap((look) => look(observed));
}

export function isHealthy(findings: readonly Finding[]): boolean {
  return findings.every(({ state }) => state !== "ill");
}
