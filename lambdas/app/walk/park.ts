/**
 * Keeps the customers of a held journey where they are. The executions of these customers wait natively and do not
 * poll.
 */
import { heldStep, PARKED_AT_MOST, parked, parkedVisit } from "../../domain/enrollment/parking.ts";
import { plus } from "../../domain/time/time.ts";
import type { Instruction } from "../instruction.ts";
import type { Ports } from "../ports.ts";
import { storeEnrollment } from "../update-enrollment.ts";
import type { Walk } from "../walk-state.ts";

/** The instruction for the execution; `undefined` if the customer still has to complete something at the component. */
export async function park(
  { journey, stored, enrollment }: Walk,
  ports: Pick<Ports, "clock" | "store">,
): Promise<Instruction | undefined> {
  const now = ports.clock.now();
  const { visit, waiting } = enrollment.position;
  const step = heldStep(enrollment, journey, now);
  if (step === "complete") return undefined;
  if (step === "wait" && waiting)
    return waiting.for === "timer"
      ? { next: "wait", until: waiting.until }
      : { next: "awaitSignal", until: waiting.until, visit };
  const after = parked(enrollment, now);
  // A repeated call finds the marker and stores nothing.
  if (after !== stored) await storeEnrollment(ports, stored, after);
  return { next: "awaitSignal", until: plus(now, PARKED_AT_MOST), visit: parkedVisit(visit) };
}
