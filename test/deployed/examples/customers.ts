/** The customers of a scenario. */
import type { Scenario } from "../../../simulator/scenario.ts";

export function customersOf({ customers = [], events = [] }: Scenario): string[] {
  return [...new Set([...customers, ...events].flatMap(({ customerId }) => String(customerId ?? "") || []))];
}
