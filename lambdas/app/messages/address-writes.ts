/** The writes that store a report about an address: none when the report is stored already. */
import { type AddressReport, withReport } from "../../domain/customer/address-facts.ts";
import type { Time } from "../../domain/time/time.ts";
import type { Ports } from "../ports.ts";
import type { Change } from "../store.ts";

/** `address`: the hash that the message stores; `undefined` when it has none. */
export async function addressWrites(
  address: string | undefined,
  report: AddressReport,
  time: Time,
  { store }: Pick<Ports, "store">,
): Promise<Change[]> {
  if (address === undefined) return [];
  const before = await store.addressFacts(address);
  const facts = withReport(before, report, time);
  return facts === before ? [] : [{ kind: "address", facts }];
}
