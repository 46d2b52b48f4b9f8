/** Ends an enrollment whose execution has failed for good. The reason is the error's name, and the journey counts it. */
import { ended } from "../../domain/enrollment/ending.ts";
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
