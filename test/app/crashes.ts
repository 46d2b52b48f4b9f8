/** Callers that die: at one call of a port, just before it or just after it. What they did until then stays. */
import type { Ports } from "../../lambdas/app/ports.ts";
import { fromMilliseconds, type Time, toMilliseconds } from "../../lambdas/domain/time.ts";
import { type Rank, VirtualClock } from "../../simulator/virtual-clock.ts";

export class CrashError extends Error {
  override name = "CrashError";
}

/** The calls that leave something behind. To die after any other is to die before the next. */
const effects = /^(store\.(commit|erase)|journeys\.(freeze|publish)|executions\..*|mail\..*|bus\..*)$/;

/** Dies once: just before the nth call of any port, or just after the nth that leaves something behind. */
export class Crash {
  readonly side: "before" | "after";
  /** The call at which it died, such as `store.commit`; nothing when there were not that many. */
  at: string | undefined;
  /** Looks around at the moment of the crash. */
  onDeath = () => {};
  private left: number;

  constructor(nth: number, side: "before" | "after") {
    this.left = nth;
    this.side = side;
  }

  around(call: string, make: () => unknown): unknown {
    if (this.side === "before" || effects.test(call)) this.left--;
    else return make();
    if (this.left !== 0) return make();
    this.at = call;
    const died = new CrashError(`${this.side} ${call}`);
    const die = () => {
      this.onDeath();
      throw died;
    };
    if (this.side === "before") return die();
    const made = make();
    return made instanceof Promise ? made.then(die) : die();
  }
}

/** The same ports, but for the crash. */
export function crashing(ports: Ports, crash: Crash): Ports {
  return watched(ports, (call, make) => crash.around(call, make));
}

/** The same ports, with something around every call, such as `store.commit`. Looking at the clock is no call. */
export function watched(ports: Ports, around: (call: string, make: () => unknown) => unknown): Ports {
  const { store, journeys, templates, executions, mail, bus } = ports;
  const watch = <P extends object>(name: string, port: P): P =>
    new Proxy(port, {
      get(target, member) {
        const value: unknown = Reflect.get(target, member);
        if (typeof value !== "function") return value;
        return (...given: unknown[]) => around(`${name}.${String(member)}`, () => Reflect.apply(value, target, given));
      },
    });
  return {
    ...ports,
    store: watch("store", store),
    journeys: watch("journeys", journeys),
    templates: watch("templates", templates),
    executions: watch("executions", executions),
    mail: watch("mail", mail),
    bus: watch("bus", bus),
  };
}

/** A clock under which whatever crashes is tried again two seconds later. */
export class RetryingClock extends VirtualClock {
  override plan(at: Time, rank: Rank, run: () => Promise<void>): () => void {
    return super.plan(at, rank, async () => {
      try {
        await run();
      } catch (error) {
        if (!(error instanceof CrashError)) throw error;
        this.plan(fromMilliseconds(toMilliseconds(this.now()) + 2000), rank, run);
      }
    });
  }
}
