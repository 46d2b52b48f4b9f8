/**
 * The use cases' ports in memory, for the simulator, the tests, the fault search and the benchmarks. The caller passes
 * the ports that it observes. Every other port works on memory, or accepts each call and does nothing.
 */
import type { Journeys, Ports, Publishing } from "../lambdas/app/ports.ts";
import { memoryBreakers } from "./memory-breakers.ts";
import { MemoryJourneys, MemorySegments, MemoryTemplates } from "./memory-journeys.ts";
import { MemoryEntries, MemoryRuns, memoryProfiles } from "./memory-runs.ts";
import { immediateStatusTasks, MemoryStatusProgress } from "./memory-status.ts";
import type { MemoryStore } from "./memory-store.ts";
import { MemorySentIds } from "./sending/memory-sent-ids.ts";

type Given = Pick<Ports, "clock"> &
  Partial<Omit<Ports, "journeys" | "publishing">> & { readonly journeys?: Journeys & Publishing };

export const simulatedLinks = { url: "https://unsubscribe.example/", secret: "simulated" };

export function memoryPorts<More extends Given>(store: MemoryStore, given: More): Ports & More {
  const nothing = async () => {};
  const journeys = given.journeys ?? new MemoryJourneys();
  const templates = given.templates ?? new MemoryTemplates();
  const ports: Omit<Ports, "clock"> = {
    store,
    journeys,
    publishing: journeys,
    templates,
    waiting: templates instanceof MemoryTemplates ? templates.waiting : new MemoryTemplates().waiting,
    segments: journeys instanceof MemoryJourneys ? journeys.segments : new MemorySegments(),
    executions: { start: nothing, stop: nothing, signal: async () => false, isRunning: async () => false },
    statusTasks: immediateStatusTasks(() => all),
    statusProgress: new MemoryStatusProgress(),
    mail: { send: async () => ({ sent: true }) },
    sms: { send: async () => ({ sent: true }) },
    whatsapp: { send: async () => ({ sent: true }) },
    sentIds: new MemorySentIds(),
    bus: { publish: nothing },
    breakers: memoryBreakers(store.counts),
    schedules: { armed: async () => undefined, arm: nothing },
    gate: undefined,
    runs: new MemoryRuns(store),
    profiles: memoryProfiles(store),
    entries: new MemoryEntries(),
    sendRate: undefined,
    sender: undefined,
    limits: undefined,
    unsubscribeLinks: undefined,
    addressKey: "simulated",
  };
  const all = { ...ports, ...given };
  return all;
}
