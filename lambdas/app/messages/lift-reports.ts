/** Lifts the reports about an address, because a person asked for it. */
import { type AddressFacts, lifted } from "../../domain/customer/address-facts.ts";
import { addressHash } from "../../domain/customer/address-mark.ts";
import type { Ports } from "../ports.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";

/** `address`: in its canonical form. Returns the reports that were stored. */
export function liftReports(
  address: string,
  { store, clock, addressKey }: Pick<Ports, "store" | "clock"> & { readonly addressKey: string },
): Promise<AddressFacts["reports"]> {
  return retryOnConflict(async () => {
    const before = await store.addressFacts(addressHash(address, addressKey));
    await store.commit([{ kind: "address", facts: lifted(before, clock.now()) }]);
    return before.reports;
  });
}
