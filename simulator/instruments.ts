/** Hooks with which benchmarks and tests measure what the simulator runs. */
import type { Ports } from "../lambdas/app/ports.ts";

/** The functions whose use cases the simulator runs. */
export type SimulatedFunction = "trigger-matcher" | "advance" | "await-signal" | "exit-evaluator" | "message-status";

export interface Instruments {
  /** Wraps the ports. */
  ports(ports: Ports): Ports;
  /** Runs a function's work for one record, message or task. The simulator makes one call at a time. */
  call<T>(name: SimulatedFunction, run: () => Promise<T>): Promise<T>;
}

export const noInstruments: Instruments = { ports: (ports) => ports, call: (_, run) => run() };
