/**
 * AWS ends an execution after one year. A wait may be longer, and so may a journey: an execution waits for at most 300
 * days at a time, and an enrollment changes to a new execution before the year is over. The execution asks for a new
 * execution by ending. The reconciler starts the new execution, because the state machine cannot start itself. This is
 * not a restart: it means no error and counts toward no limit.
 */
import { type Enrollment, GRACE } from "../../domain/enrollment/enrollment.ts";
import { PARKED_DUE } from "../../domain/enrollment/parking.ts";
import { fromMilliseconds, plus, type Time, toMilliseconds } from "../../domain/time/time.ts";
import type { Instruction } from "../instruction.ts";
import type { Ports } from "../ports.ts";
import { updateEnrollment } from "../update-enrollment.ts";

const DAY = 86_400_000;
const LONGEST_WAIT = 300 * DAY;
/** An execution lasts for at most 365 days. */
const LONGEST_EXECUTION = 355 * DAY;
/** The reconciler may take some minutes. A wait that ends sooner keeps its execution. */
const WORTH_CHANGING = DAY / 24;

/** The instruction with a wait that the execution can last for; `done` if a new execution must do the waiting. */
export async function boundWait(
  instruction: Instruction,
  enrollment: Enrollment,
  ports: Pick<Ports, "clock" | "store">,
): Promise<Instruction> {
  if (instruction.next !== "wait" && instruction.next !== "awaitSignal") return instruction;
  // The old execution repeats a call that asked before.
  if (enrollment.handOver === "asked") return { next: "done", handOver: true };
  const { until } = instruction;
  if (enrollment.handOver === "started") await updateEnrollment(enrollment, ports, (each) => arrived(each, until));
  const now = ports.clock.now();
  const at = toMilliseconds(now);
  const length = Math.min(toMilliseconds(until) - at, LONGEST_WAIT);
  const age = at - toMilliseconds(enrollment.executionSince ?? enrollment.enteredAt);
  if (age + length <= LONGEST_EXECUTION || length < WORTH_CHANGING)
    return { ...instruction, until: fromMilliseconds(at + length) };
  await updateEnrollment(enrollment, ports, (each) =>
    each.status === "active" ? { ...each, handOver: "asked", dueAt: now } : each,
  );
  return { next: "done", handOver: true };
}

/** The new execution waits: the reconciler leaves it alone until the wait is over. */
function arrived(enrollment: Enrollment, until: Time): Enrollment {
  if (enrollment.status !== "active" || enrollment.handOver !== "started") return enrollment;
  const { handOver: _, ...rest } = enrollment;
  return { ...rest, dueAt: rest.parked ? PARKED_DUE : plus(until, GRACE) };
}
