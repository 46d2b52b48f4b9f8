/**
 * Time for test stacks, where a virtual day may take seconds. The virtual clock showed `virtual` when the real time was
 * `real`. Since then virtual time has run `factor` times as fast. Production has no scale.
 */
import { fromMilliseconds, type Time, toMilliseconds } from "./time.ts";

export interface TimeScale {
  readonly factor: number;
  readonly real: Time;
  readonly virtual: Time;
}

export function toVirtual(real: Time, scale: TimeScale | undefined): Time {
  if (!scale) return real;
  const passed = toMilliseconds(real) - toMilliseconds(scale.real);
  return fromMilliseconds(Math.round(toMilliseconds(scale.virtual) + passed * scale.factor));
}

/** Rounds up: a timer that ends too early would have to be set again. */
export function toReal(virtual: Time, scale: TimeScale | undefined): Time {
  if (!scale) return virtual;
  const passed = toMilliseconds(virtual) - toMilliseconds(scale.virtual);
  return fromMilliseconds(Math.ceil(toMilliseconds(scale.real) + passed / scale.factor));
}
