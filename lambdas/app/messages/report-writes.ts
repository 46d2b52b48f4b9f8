/** The writes by which a report about a message becomes a fact of its address. */
import type { AddressReport } from "../../domain/customer/address-facts.ts";
import { addressMark } from "../../domain/customer/address-mark.ts";
import { canonicalAddress } from "../../domain/customer/canonical-address.ts";
import { type Customer, email } from "../../domain/customer/customer.ts";
import { unchanged } from "../../domain/customer/merge-changes.ts";
import type { Message } from "../../domain/enrollment/enrollment.ts";
import { reportingOf } from "../../domain/messages/channel.ts";
import type { Status } from "../../domain/messages/message-status.ts";
import type { Time } from "../../domain/time/time.ts";
import type { Ports } from "../ports.ts";
import type { Change } from "../store.ts";
import { addressWrites } from "./address-writes.ts";

interface Report {
  readonly status: Status;
  readonly reason?: string;
  readonly time: Time;
}

export async function reportWrites(
  report: Report,
  message: Message,
  customer: Customer,
  ports: Pick<Ports, "store">,
): Promise<Change[]> {
  const { time } = report;
  const kind = aboutAddress(report);
  if (kind === undefined || reportingOf(message.channel).sentByApp) return [];
  if (message.addressHash !== undefined) return addressWrites(message.addressHash, kind, time, ports);
  const marked =
    kind === "suppressed" || kind === "opted-out" ? undefined : markedCustomer(kind, time, message, customer);
  return marked ? [{ kind: "customer", customer: marked }] : [];
}

/** Stores a report whose message is gone: the report itself carries the hash of the address. */
export async function storeAddressReport(
  report: Report & { readonly addressHash?: string },
  ports: Pick<Ports, "store">,
): Promise<void> {
  const kind = aboutAddress(report);
  const writes = kind === undefined ? [] : await addressWrites(report.addressHash, kind, report.time, ports);
  if (writes.length > 0) await ports.store.commit(writes);
}

function aboutAddress({ status, reason }: Report): AddressReport | undefined {
  return reason === "suppressed" ? reason : status === "bounced" || status === "complained" ? status : undefined;
}

/**
 * The customer with the report, for a message that an earlier release claimed: it has no hash of its address. A late
 * report may concern an old address of the customer; the mark of the message shows that.
 */
function markedCustomer(
  kind: Exclude<AddressReport, "suppressed" | "opted-out">,
  time: Time,
  message: Message,
  customer: Customer,
): Customer | undefined {
  const stored = email(customer);
  const address = stored === undefined ? undefined : canonicalAddress(stored);
  if (stored === undefined || address === undefined) return undefined;
  if (message.address !== undefined && ![stored, address].map(addressMark).includes(message.address)) return undefined;
  const { suppressed } = customer;
  const known = suppressed && canonicalAddress(suppressed.email) === address ? suppressed.reason : undefined;
  if (known === "bounced" || known === kind) return undefined;
  return {
    ...unchanged(customer),
    revision: customer.revision + 1,
    suppressed: { email: address, reason: kind, at: time },
  };
}
