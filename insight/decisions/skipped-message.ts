/** The evidence for a message that was skipped: the values that its reason depends on. */
import type { Channel } from "../../lambdas/domain/messages/channel.ts";
import type { HoldReason, SkipReason } from "../../lambdas/domain/reasons/reason.ts";
import { type Evidence, fieldEvidence } from "./evidence.ts";
import type { HistoricView } from "./historic-view.ts";

const MOST_SENT = 3;

/**
 * The evidence is empty for a reason that depends on no stored value. `channel`: the channel of the skipped message.
 */
export function skipEvidence(reason: string, view: HistoricView, channel: Channel): Evidence[] {
  return isSkipReason(reason) ? byReason[reason](view, addressFields[channel]) : [];
}

type Skip = SkipReason | HoldReason;

function isSkipReason(reason: string): reason is Skip {
  return Object.hasOwn(byReason, reason);
}

/** Where the customer's address for each channel is stored. */
const addressFields: Readonly<Record<Channel, string>> = {
  email: "customer.email",
  event: "customer.email",
  sms: "customer.phone",
  whatsapp: "customer.phone",
};

const address = (view: HistoricView, field: string) => [fieldEvidence(field, view)];
const nothing = () => [];

const byReason: Readonly<Record<Skip, (view: HistoricView, addressField: string) => Evidence[]>> = {
  "no-address": address,
  "bad-address": address,
  bounced: suppression,
  suppressed: suppression,
  complained: suppression,
  "opted-out": address,
  "outside-window": address,
  unsubscribed: (view) => [fieldEvidence("customer.unsubscribed", view)],
  // STOP may have come from the number of a customer whose own list names no channel.
  "channel-unsubscribed": (view, field) => [
    fieldEvidence("customer.unsubscribedChannels", view),
    fieldEvidence(field, view),
  ],
  "topic-unsubscribed": (view) => [fieldEvidence("customer.topics", view)],
  "frequency-cap": ({ sent }) => [{ what: "newest messages before", value: sent.slice(-MOST_SENT) }],
  "quiet-hours": (view) => [fieldEvidence("customer.timezone", view), fieldEvidence("customer.state", view)],
  "no-timezone": (view) => [fieldEvidence("customer.timezone", view)],
  "unknown-template": nothing,
  "not-renderable": nothing,
  "breaker-open": nothing,
};

/**
 * The report is a fact of the address, stored under its keyed hash. An earlier release stored the report with the
 * customer.
 */
function suppression(view: HistoricView, addressField: string): Evidence[] {
  const { suppressed } = view.customer;
  const cause = suppressed ? [{ what: suppressed.reason, value: suppressed.at }] : [];
  return [fieldEvidence(addressField, view), ...cause];
}
