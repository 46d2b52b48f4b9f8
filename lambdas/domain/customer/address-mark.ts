/**
 * A message stores a mark of its address instead of the address. A late report may concern an old address of the
 * customer; the mark shows that without revealing the address.
 *
 * The mark is not in `customer.ts`, because its hash needs Node and the rest of a customer also runs in a browser.
 */
import { deterministicId } from "../values/hash.ts";

export function addressMark(address: string): string {
  return deterministicId("address", address);
}
