/** The message of one customer of an audience run, on the queue of the runs. The message holds ids only. */
import type { RunRef } from "./audience-run.ts";

export interface RunDelivery extends RunRef {
  readonly customerId: string;
  /** Whether the delivery comes again on purpose, to complete what it began (`domain/events/recheck.ts`). */
  readonly recheck?: boolean;
}

/** The delivery of an event has none of these members. */
export function runDeliveryIn(delivery: string): RunDelivery | undefined {
  if (!delivery.startsWith(BEGIN)) return undefined;
  const { journeyId, runId, customerId, recheck } = JSON.parse(delivery) as RunDelivery;
  return { journeyId, runId, customerId, ...(recheck && { recheck }) };
}

export const runDelivery = ({ journeyId, runId, customerId, recheck }: RunDelivery) =>
  JSON.stringify({ run: true, journeyId, runId, customerId, ...(recheck && { recheck }) });

const BEGIN = '{"run":true,';
