/** An execution of nearly a year has ended, and its enrollment has asked for a new execution (`walk/long-wait.ts`). */
import { type Enrollment, GRACE } from "../../domain/enrollment/enrollment.ts";
import { plus } from "../../domain/time/time.ts";
import type { Ports } from "../ports.ts";
import { updateEnrollment } from "../update-enrollment.ts";

/**
 * Starts the new execution that an enrollment has asked for; `false` if it has not. If the start fails, the enrollment is
 * overdue again after some minutes, and the next run starts another one.
 */
export async function handOver(
  known: Enrollment | undefined,
  ports: Pick<Ports, "clock" | "store" | "executions">,
): Promise<boolean> {
  if (known?.status !== "active" || known.handOver === undefined) return false;
  const now = ports.clock.now();
  const started = await updateEnrollment(known, ports, (each) => {
    if (each.status !== "active" || each.handOver === undefined || (each.dueAt ?? now) > now) return each;
    const [executions, handOvers] = [each.executions + 1, (each.handOvers ?? 0) + 1];
    return { ...each, handOver: "started", executions, handOvers, executionSince: now, dueAt: plus(now, GRACE) };
  });
  if (started?.handOver === "started") await ports.executions.start(known, started.executions);
  return true;
}
