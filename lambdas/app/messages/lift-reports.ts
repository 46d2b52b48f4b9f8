/** Lifts the reports about an address, and each STOP from a number, because a person asked for it. */
import { lifted } from "../../domain/customer/address-facts.ts";
import { addressHash } from "../../domain/customer/address-mark.ts";
import type { Time } from "../../domain/time/time.ts";
import type { Ports } from "../ports.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";

/** `address`: in its canonical form. Returns the time of each report that was stored, and of each `stop-CHANNEL`. */
export function liftReports(
  address: string,
  { store, clock, addressKey }: Pick<Ports, "store" | "clock"> & { readonly addressKey: string },
): Promise<Readonly<Record<string, Time>>> {
  return retryOnConflict(async () => {
    const before = await store.addressFacts(addressHash(address, addressKey));
    await store.commit([{ kind: "address", facts: lifted(before, clock.now()) }]);
    const stops = Object.entries(before.stopped ?? {}).map(([channel, at]) => [`stop-${channel}`, at] as const);
    return { ...before.reports, ...Object.fromEntries(stops) };
  });
}
