/** The ports in memory together with the stream that they feed, for running the functions' own code without AWS. */
import type { StoredChange } from "../lambdas/app/exits/evaluate-change.ts";
import type { Ports } from "../lambdas/app/ports.ts";
import type { MemoryJourneys } from "../simulator/memory-journeys.ts";
import { memoryPorts } from "../simulator/memory-ports.ts";
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
  const ports = wrap(memoryPorts(store, { clock: { now: () => "2026-01-05T09:00:01.000Z" }, journeys }));
  return { ports, store, stream };
}
