/** The totals of a simulation: the last line of its timeline. */

import { type CounterOf, counterName } from "../lambdas/domain/counters/counter-name.ts";
import type { LiveJourney } from "../lambdas/domain/journey/catalog.ts";
import type { MemoryStore } from "./memory-store.ts";
import type { Summary } from "./timeline.ts";

export function summaryOf(store: MemoryStore, journeys: Iterable<LiveJourney>, messages: number): Summary {
  const total = (count: CounterOf<"journey">["count"]) =>
    [...store.counts.values()].reduce(
      (sum, counts) => sum + (counts[counterName({ scope: "journey", count })] ?? 0),
      0,
    );
  const goals: Record<string, number> = {};
  for (const { journey } of journeys)
    for (const { id } of journey.goals ?? [])
      goals[`${journey.id}/${id}`] = store.counts.get(journey.id)?.[counterName({ scope: "goal", goalId: id })] ?? 0;
  const tagged = [...store.all()].filter(({ customer }) => customer.tags.length > 0);
  return {
    kind: "summary",
    entered: total("entered"),
    active: total("active"),
    completed: total("completed"),
    exited: total("exited"),
    failed: total("failed"),
    goals,
    messages,
    tags: Object.fromEntries(tagged.map(({ customer }) => [customer.customerId, customer.tags])),
  };
}
