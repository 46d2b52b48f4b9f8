/** A shop of five customers for the tests of audience runs, and what a run of its letter comes to. */
import type { Aim } from "../../../lambdas/domain/schedule/audience-run.ts";
import { type Document, journey } from "../../behaviour/scenario-of.ts";
import type { Crash } from "../crashes.ts";
import { good, World } from "../world.ts";
import { seed } from "./walk-run.ts";

export const german = { field: "customer.country", operator: "equals", value: "DE" };
export const components = { note: { type: "updateCustomer", set: { written: true } } };
export const letter = (trigger: Document = {}, more: Document = {}) =>
  journey({ trigger: { schedule: { cron: "0 10 * * mon" }, ...trigger }, components, ...more });

export const everybody: Aim = { kind: "all" };

/** Two of five are German; one of the others is unsubscribed. */
export async function shop(document = letter({ audience: german }), crash?: Crash): Promise<World> {
  const world = new World(crash ? { crash } : {});
  await world.adopt(good(document));
  for (const [index, country] of ["DE", "FR", "DE", "FR", "DE"].entries())
    seed(world, `c-${index + 1}`, { country, ...(index === 4 && { unsubscribed: true }) });
  return world;
}

export const summed = { considered: 5, entered: 2, refused: { "audience-false": 2, unsubscribed: 1 } };
export const entered = { "c-1": "completed", "c-3": "completed" };
