/**
 * The goals of a journey by day. No index has the ended enrollments, so this reads the customers table, up to a limit.
 * A scan reads customers in an order that is independent of their data, so the customers that were read are a fair
 * sample.
 */

import { goalsByDay } from "../../../insight/funnel/goals-by-day.ts";
import type { Enrollment } from "../../../lambdas/domain/enrollment/enrollment.ts";
import type { Stack } from "../../../stack/stack.ts";
import type { GoalDaysAnswer } from "../../api/journeys.ts";

const DAYS = 30;
/** At most this many items are read, for about a cent: 100,000 items of 1 kB are 25,000 read units. */
const MOST_ITEMS = 100_000;

export async function goalDaysAnswer(id: string, stack: Stack): Promise<GoalDaysAnswer> {
  const reading = { items: 0, more: false };
  const days = await goalsByDay(first(id, stack, reading), stack.ports.clock.now(), DAYS);
  return { days, ...reading };
}

async function* first(id: string, stack: Stack, reading: { items: number; more: boolean }): AsyncGenerator<Enrollment> {
  const tell = (items: number) => {
    reading.items = items;
    reading.more = items >= MOST_ITEMS;
    if (reading.more) throw new Enough();
  };
  try {
    yield* stack.logs(id, tell);
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
}

/** This error ends the scan, even if no page has an enrollment of the journey. */
class Enough extends Error {
  override name = "Enough";
}
