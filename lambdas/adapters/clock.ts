/** Real time, or the scaled time of a test stack. */
import type { Clock } from "../app/ports.ts";
import { type TimeScale, toVirtual } from "../domain/time/scaled-time.ts";
import { fromMilliseconds } from "../domain/time/time.ts";

export function wallClock(scale: TimeScale | undefined): Clock {
  return { now: () => toVirtual(fromMilliseconds(Date.now()), scale) };
}
