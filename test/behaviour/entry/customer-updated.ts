/** The event that changes a customer. */
import { event } from "../scenario-of.ts";

export const updated = (at: string, customer: object, more: object = {}) =>
  event(at, "customer.updated", { customer, ...more });
