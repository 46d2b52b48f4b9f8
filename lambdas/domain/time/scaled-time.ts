/**
 * Time for test stacks, where a virtual day may take seconds: `virtual` is what clocks showed at the real moment
 * `real`, and since then virtual time has run `factor` times as fast. Production has no scale.
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

/** Never early: a timer that ends a fraction too soon would only be set again. */
export function toReal(virtual: Time, scale: TimeScale | undefined): Time {
  if (!scale) return virtual;
  const passed = toMilliseconds(virtual) - toMilliseconds(scale.virtual);
  return fromMilliseconds(Math.ceil(toMilliseconds(scale.real) + passed / scale.factor));
}
