/**
 * Walks an enrollment until its customer has to wait. The execution makes this call at every turn. The stored enrollment
 * alone decides what the call does, so an early, late, repeated or concurrent call does no harm.
 */

import { ended } from "../../domain/enrollment/ending.ts";
import type { Enrollment } from "../../domain/enrollment/enrollment.ts";
import { unparked } from "../../domain/enrollment/parking.ts";
import { isEndedByStop } from "../../domain/journey/stop.ts";
import type { Time } from "../../domain/time/time.ts";
import type { Instruction } from "../instruction.ts";
import { keepTriggerEvent } from "../keep-trigger-event.ts";
import type { Ports } from "../ports.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import type { EnrollmentRef } from "../store.ts";
import { storeEnrollment } from "../update-enrollment.ts";
import { versionsOf } from "../versions.ts";
import type { Walk } from "../walk-state.ts";
import { continueWhenThrottled } from "./continue-when-throttled.ts";
import { boundWait } from "./long-wait.ts";
import { park } from "./park.ts";
import { recount } from "./recount.ts";
import { visitComponent, type WalkPorts } from "./visit-component.ts";

/** One call visits at most this many components. The execution then makes the next call, so that no call times out. */
const MOST_AT_ONCE = 50;

/**
 * A transaction takes 100 items. A step changes two of them: the counts of its component and of its message. The other
 * items are for the enrollment, the customer and the journey.
 */
const MOST_UNSTORED = 40;

export function advanceEnrollment(
  ref: EnrollmentRef,
  ports: WalkPorts & Pick<Ports, "journeys">,
): Promise<Instruction> {
  /** The visit at which this call began, also when a conflict makes it begin anew. */
  let firstVisit: number | undefined;
  return retryOnConflict(async () => {
    const read = await ports.store.enrollment(ref);
    if (read?.status !== "active") return { next: "done" };
    firstVisit ??= read.position.visit;
    const { live, entered, stoppedAt } = await versionsOf(read, ports);
    const answer = async (instruction: Instruction, enrollment: Enrollment): Promise<Instruction> => {
      const bounded = await boundWait(instruction, enrollment, ports);
      await keepTriggerEvent(enrollment, live, nextCall(bounded, ports.clock.now()), ports);
      return bounded;
    };
    const stored = await recount(read, entered, ports);
    if (isEndedByStop(stored, { journey: live, stoppedAt })) {
      const stopped = { status: "exited", reason: "journey-stopped" } as const;
      const exited = await storeEnrollment(ports, stored, ended(stored, stopped, ports.clock.now()));
      return answer({ next: "done" }, exited);
    }
    let walk: Walk = { journey: entered, live, stored, enrollment: stored };
    if (live.status !== "held" && stored.parked) {
      const enrollment = await storeEnrollment(ports, stored, unparked(stored, ports.clock.now()));
      walk = { ...walk, stored: enrollment, enrollment };
    }
    for (let visits = 0; visits < MOST_AT_ONCE; visits++) {
      // Read again before each visit, because a person may hold the journey during a long call.
      const { live } = await versionsOf(stored, ports);
      if (live.status === "held") {
        const instruction = await park(walk, ports);
        if (instruction) return answer(instruction, walk.stored);
      }
      const { notBefore } = walk.enrollment.position;
      if (notBefore !== undefined && notBefore > ports.clock.now())
        return boundWait({ next: "wait", until: notBefore }, walk.stored, ports);
      const hasProgressed = walk.stored.position.visit > firstVisit;
      const visited = await continueWhenThrottled(visitComponent(walk, ports), hasProgressed);
      if (visited.kind === "instruction") return answer(visited.instruction, stored);
      walk = visited.walk;
      if (walk.enrollment.steps.length - walk.stored.steps.length >= MOST_UNSTORED) {
        const enrollment = await storeEnrollment(ports, walk.stored, walk.enrollment);
        walk = { ...walk, stored: enrollment, enrollment };
      }
    }
    const enrollment = await storeEnrollment(ports, walk.stored, walk.enrollment);
    return answer({ next: "continue" }, enrollment);
  });
}

/** When the execution makes its next call; `undefined` if it makes none. */
function nextCall(instruction: Instruction, now: Time): Time | undefined {
  if (instruction.next === "wait" || instruction.next === "awaitSignal") return instruction.until;
  return instruction.next === "continue" || instruction.handOver === true ? now : undefined;
}
