/**
 * What `journeys enter --csv --update` says about telephone numbers to which the stack can send nothing. Such a number is
 * stored as it is, because an app of yours may use it.
 */
import { canonicalNumber } from "../../lambdas/domain/customer/canonical-number.ts";
import type { ListedCustomer } from "./customer-list.ts";

const MOST_NAMED = 5;

export function numberNotes(file: string, customers: readonly ListedCustomer[]): string[] {
  const odd = customers.flatMap(({ line, attributes: { phone } }) =>
    typeof phone === "string" && canonicalNumber(phone) === undefined ? [{ line, phone }] : [],
  );
  if (odd.length === 0) return [];
  const more = odd.length - MOST_NAMED;
  return [
    ...odd.slice(0, MOST_NAMED).map(({ line, phone }) => `${file}:${line}: phone is ${JSON.stringify(phone)}.`),
    ...(more > 0 ? [`${file}: The same holds for ${more} more.`] : []),
    "Text messages and WhatsApp messages need + and the code of the country, such as +491701234567. They skip these customers (bad-address).",
  ];
}
