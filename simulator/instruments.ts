/** What may be put between the simulator and what it runs, to measure it. */
import type { Ports } from "../lambdas/app/ports.ts";

/** The functions whose use cases the simulator runs. */
export type SimulatedFunction = "trigger-matcher" | "advance" | "await-signal" | "exit-evaluator" | "message-status";

export interface Instruments {
  /** The ports, wrapped. */
  ports(ports: Ports): Ports;
  /** Runs what one record, message or task gives a function to do. One at a time. */
  call<T>(name: SimulatedFunction, run: () => Promise<T>): Promise<T>;
}

export const noInstruments: Instruments = { ports: (ports) => ports, call: (_, run) => run() };
