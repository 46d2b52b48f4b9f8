/** The ports in memory and the stream that they feed. Benches use them to run the functions' code without AWS. */
import type { StoredChange } from "../lambdas/app/exits/evaluate-change.ts";
import type { Ports } from "../lambdas/app/ports.ts";
import type { MemoryJourneys } from "../simulator/memory-journeys.ts";
import { memoryPorts } from "../simulator/memory-ports.ts";
import { MemoryStore } from "../simulator/memory-store.ts";

export interface InMemory {
  readonly ports: Ports;
  readonly store: MemoryStore;
  /** The records of the table's stream, if `keep` is set. */
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
  const ports = wrap(memoryPorts(store, { clock: { now: () => "2026-01-05T09:00:01.000Z" }, journeys }));
  return { ports, store, stream };
}
