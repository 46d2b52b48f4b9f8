/**
 * The customers in a segment now. Profiles are read until enough customers are found or, for a count, to the end.
 * Nothing is stored.
 */
import { throwFirst } from "../../lambdas/app/errors.ts";
import { inParallel } from "../../lambdas/app/in-parallel.ts";
import { holdsNow } from "../../lambdas/app/runs/holds-now.ts";
import type { Condition } from "../../lambdas/domain/conditions/condition.ts";
import type { Customer } from "../../lambdas/domain/customer/customer.ts";
import type { Stack } from "../../stack/stack.ts";
import { everyone } from "../runs/everyone.ts";

const AT_ONCE = 32;

export interface Wanted {
  /** The most customers to name. */
  readonly named: number;
  /** Whether all customers are read, so that they are counted. */
  readonly isCounted: boolean;
}

export interface Members {
  /** The number of customers who were read. */
  readonly considered: number;
  /** How many of them are in the segment; absent when not all customers were read. */
  readonly count?: number;
  /** The ids of some customers in the segment, sorted. */
  readonly sample: readonly string[];
}

export async function whoIsIn(
  where: Condition,
  { named, isCounted }: Wanted,
  { ports }: Pick<Stack, "ports">,
): Promise<Members> {
  let considered = 0;
  let count = 0;
  const sample: string[] = [];
  async function* asked(): AsyncGenerator<Customer> {
    for await (const customer of everyone({ ports })) {
      if (!isCounted && sample.length >= named) return;
      yield customer;
    }
  }
  throwFirst(
    await inParallel(asked(), AT_ONCE, async (customer) => {
      considered++;
      if (!(await holdsNow(where, undefined, customer, ports))) return;
      count++;
      if (sample.length < named) sample.push(customer.customerId);
    }),
  );
  return { considered, ...(isCounted && { count }), sample: sample.sort() };
}
