/** What was looked at, judged: in the order in which an event goes through the stack. */

import { onAccount } from "./account-checks.ts";
import { onEvents } from "./event-checks.ts";
import type { Finding } from "./finding.ts";
import { onJourneys } from "./journey-checks.ts";
import type { Observed } from "./observed.ts";

export function findingsOf(observed: Observed): Finding[] {
  return [...onEvents, ...onJourneys, ...onAccount].flatMap((look) => look(observed));
}

export function isHealthy(findings: readonly Finding[]): boolean {
  return findings.every(({ state }) => state !== "ill");
}
