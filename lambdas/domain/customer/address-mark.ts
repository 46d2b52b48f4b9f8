/**
 * A mark that distinguishes addresses without revealing them: a late report may be about an old address of the customer.
 * Not in `customer.ts`, because the hash needs Node and the rest of a customer also runs in a browser.
 */
import { deterministicId } from "../values/hash.ts";

export function addressMark(address: string): string {
  return deterministicId("address", address);
}
