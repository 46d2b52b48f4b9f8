/** Whether a condition on customers is true for a customer in the present state. */
import type { Condition } from "../../domain/conditions/condition.ts";
import { evaluate } from "../../domain/conditions/evaluate.ts";
import { type Customer, customerView } from "../../domain/customer/customer.ts";
import { eventTimes } from "../event-times.ts";
import type { Ports } from "../ports.ts";

/** `timezone`: the zone of a customer without one. */
export async function holdsNow(
  where: Condition,
  timezone: string | undefined,
  customer: Customer,
  ports: Pick<Ports, "clock" | "store">,
): Promise<boolean> {
  return evaluate(where, {
    now: ports.clock.now(),
    customer: customerView(customer),
    timezone,
    eventTimes: await eventTimes([where], customer, ports),
  });
}
