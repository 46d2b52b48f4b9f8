/**
 * The result that an audience run would have now. Nothing is stored: every customer is judged as the run would judge
 * them.
 */

import { throwFirst } from "../../lambdas/app/errors.ts";
import { inParallel } from "../../lambdas/app/in-parallel.ts";
import { previewCustomer } from "../../lambdas/app/runs/judge-customer.ts";
import type { Customer } from "../../lambdas/domain/customer/customer.ts";
import { mergeChanges } from "../../lambdas/domain/customer/merge-changes.ts";
import type { LiveJourney } from "../../lambdas/domain/journey/catalog.ts";
import {
  type AudienceRun,
  nobodyConsidered,
  type RunResult,
  withConsidered,
} from "../../lambdas/domain/schedule/audience-run.ts";
import { resolvedRun } from "../../lambdas/domain/segments/segment-resolver.ts";
import type { JsonObject } from "../../lambdas/domain/values/json.ts";
import type { Stack } from "../../stack/stack.ts";
import { everyone } from "./everyone.ts";

const AT_ONCE = 32;

export interface Preview {
  readonly result: RunResult;
  /** The number of customers that were read. */
  readonly read: number;
}

/** `updates`: the attributes that customers of the list get before the run begins. */
export interface Listed {
  readonly named?: readonly string[] | undefined;
  readonly updates?: ReadonlyMap<string, JsonObject>;
}

export async function previewRun(
  asked: AudienceRun,
  { named, updates }: Listed,
  live: LiveJourney,
  { ports }: Pick<Stack, "ports">,
): Promise<Preview> {
  const run = await resolvedRun(asked, ports.segments);
  let result = nobodyConsidered;
  let read = 0;
  const judge = async (stored: Customer) => {
    read++;
    const changes = updates?.get(stored.customerId);
    const customer = changes ? mergeChanges(stored, changes, run.startedAt, 0) : stored;
    const considered = await previewCustomer(run, customer, live, ports);
    result = withConsidered(result, considered);
  };
  throwFirst(
    named
      ? await inParallel(named, AT_ONCE, async (customerId) => judge(await ports.store.customer(customerId)))
      : await inParallel(everyone({ ports }), AT_ONCE, judge),
  );
  return { result, read };
}
