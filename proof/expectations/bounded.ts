/**
 * Bounds the work of a simulation. All work reads or writes the store, so calls of the store measure it: time would give
 * another answer on another machine.
 */
import type { Instruments } from "../../simulator/instruments.ts";

export class TooMuchWork extends Error {
  override name = "TooMuchWork";
}

export interface Budget {
  /** The number of calls of the store that are left. */
  left: number;
}

/** The bound for a test that runs on the author's own machine. */
export const generous = (): Budget => ({ left: 20_000_000 });

/** Several simulations may share a budget. @throws TooMuchWork */
export function bounded(budget: Budget): Instruments {
  const counted = <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, name) {
        if (budget.left-- <= 0) throw new TooMuchWork();
        const member: unknown = Reflect.get(target, name);
        return typeof member === "function" ? member.bind(target) : member;
      },
    });
  return { ports: (ports) => ({ ...ports, store: counted(ports.store) }), call: (_, run) => run() };
}
