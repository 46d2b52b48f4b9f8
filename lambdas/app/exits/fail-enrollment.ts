/** The execution gives up on an enrollment: it is closed with a reason, so that nobody is stuck and somebody sees it. */
import { ended } from "../../domain/enrollment/enrollment.ts";
import type { Ports } from "../ports.ts";
import type { EnrollmentRef } from "../store.ts";
import { updateEnrollment } from "../update-enrollment.ts";

export async function failEnrollment(
  ref: EnrollmentRef,
  error: string,
  ports: Pick<Ports, "store" | "clock">,
): Promise<void> {
  await updateEnrollment(ref, ports, (enrollment) => ended(enrollment, { status: "failed", error }, ports.clock.now()));
}
