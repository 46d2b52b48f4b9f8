/**
 * A stop ends the enrollments of all customers who were inside at that time, even if the journey becomes active again
 * before the last of them has exited. So the outcome does not depend on how long the exits take.
 */
import type { Time } from "../time/time.ts";
import type { Journey } from "./journey.ts";

export function isEndedByStop(
  { enteredAt }: { readonly enteredAt: Time },
  { journey, stoppedAt }: { readonly journey: Pick<Journey, "status">; readonly stoppedAt?: Time | undefined },
): boolean {
  return journey.status === "stopped" || (stoppedAt !== undefined && enteredAt < stoppedAt);
}
