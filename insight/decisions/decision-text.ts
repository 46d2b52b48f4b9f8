/** A decision in one line: `event.total = 59, customer.country = "FR" (now; changed 2026-01-06 09:00:00)`. */
import { timeText } from "../words/time-text.ts";
import { valueText } from "../words/value-text.ts";
import type { Decision } from "./decisions.ts";
import type { Evidence } from "./evidence.ts";

export function decisionText({ saw, contradicted }: Decision): string {
  const doubt = contradicted ? "; these values lead to another outcome: some data arrived after the decision" : "";
  return saw.map(evidenceText).join(", ") + doubt;
}

function evidenceText({ what, value, changedAt, expired }: Evidence): string {
  if (expired) return `${what} is not stored any more`;
  const found = value === undefined ? `${what} missing` : `${what} = ${valueText(value)}`;
  return changedAt === undefined ? found : `${found} (now; changed ${timeText(changedAt)})`;
}
