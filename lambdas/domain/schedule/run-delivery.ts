/** The message of one customer of an audience run, on the queue of the runs. The message holds ids only. */
import type { RunRef } from "./audience-run.ts";

export interface RunDelivery extends RunRef {
  readonly customerId: string;
}

/** The delivery of an event has none of these members. */
export function runDeliveryIn(delivery: string): RunDelivery | undefined {
  if (!delivery.startsWith(BEGIN)) return undefined;
  const { journeyId, runId, customerId } = JSON.parse(delivery) as RunDelivery;
  return { journeyId, runId, customerId };
}

export const runDelivery = ({ journeyId, runId, customerId }: RunDelivery) =>
  JSON.stringify({ run: true, journeyId, runId, customerId });

const BEGIN = '{"run":true,';
