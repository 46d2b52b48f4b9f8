/** The evidence for a message that was skipped: the values that its reason depends on. */
import { type Evidence, fieldEvidence } from "./evidence.ts";
import type { HistoricView } from "./historic-view.ts";

const MOST_SENT = 3;

/** Empty for a reason that depends on no stored value. */
export function skipEvidence(reason: string, view: HistoricView): Evidence[] {
  return (byReason[reason] ?? (() => []))(view);
}

const byReason: Readonly<Record<string, (view: HistoricView) => Evidence[]>> = {
  "no-address": (view) => [fieldEvidence("customer.email", view)],
  "bad-address": (view) => [fieldEvidence("customer.email", view)],
  bounced: suppression,
  suppressed: suppression,
  complained: suppression,
  unsubscribed: (view) => [fieldEvidence("customer.unsubscribed", view)],
  "topic-unsubscribed": (view) => [fieldEvidence("customer.topics", view)],
  "frequency-cap": ({ sent }) => [{ what: "newest messages before", value: sent.slice(-MOST_SENT) }],
  "quiet-hours": (view) => [fieldEvidence("customer.timezone", view)],
};

/** The report is a fact of the address, stored under its keyed hash. An earlier release stored it with the customer. */
function suppression(view: HistoricView): Evidence[] {
  const { suppressed } = view.customer;
  const cause = suppressed ? [{ what: suppressed.reason, value: suppressed.at }] : [];
  return [fieldEvidence("customer.email", view), ...cause];
}
