/** Whether a customer may be sent a message, and if not, why. */
import { type Customer, email, isUnsubscribed } from "./customer.ts";
import type { Template } from "./template.ts";

export type SkipReason =
  | "no-address"
  | "unsubscribed"
  | "suppressed"
  | "unknown-template"
  /** The template did more work than allowed for this customer's data. */
  | "not-renderable";

export function mayReceive(customer: Customer, template: Pick<Template, "class">): SkipReason | undefined {
  const address = email(customer);
  if (address === undefined) return "no-address";
  if (template.class === "transactional") return undefined;
  if (isUnsubscribed(customer)) return "unsubscribed";
  return customer.suppressed?.email === address ? "suppressed" : undefined;
}
