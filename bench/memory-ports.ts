/** The use cases' ports in memory, for running the functions' own code without AWS. */
import type { StoredChange } from "../lambdas/app/evaluate-change.ts";
import type { Ports } from "../lambdas/app/ports.ts";
import { memoryBreakers } from "../simulator/memory-breakers.ts";
import { type MemoryJourneys, MemoryTemplates } from "../simulator/memory-journeys.ts";
import { MemoryStore } from "../simulator/memory-store.ts";

export interface InMemory {
  readonly ports: Ports;
  readonly store: MemoryStore;
  /** What came out of the table's stream, when it is kept. */
  readonly stream: StoredChange[];
}

export function portsIn(
  journeys: MemoryJourneys,
  wrap: (ports: Ports) => Ports = (ports) => ports,
  keep = false,
): InMemory {
  const stream: StoredChange[] = [];
  const store = new MemoryStore((stored) => {
    if (keep && stored.kind !== "reason") stream.push(stored);
  });
  const nothing = async () => {};
  const ports = wrap({
    clock: { now: () => "2026-01-05T09:00:01.000Z" },
    store,
    journeys,
    templates: new MemoryTemplates(),
    executions: { start: nothing, stop: nothing, signal: nothing },
    mail: { send: async () => ({ sent: true }) },
    bus: { publish: nothing },
    breakers: memoryBreakers(store.counts),
  });
  return { ports, store, stream };
}
