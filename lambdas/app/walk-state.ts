/** The state of one call that walks an enrollment through its journey, and the two ways in which a visit ends. */
import type { Customer } from "../domain/customer/customer.ts";
import type { Enrollment } from "../domain/enrollment/enrollment.ts";
import type { Journey } from "../domain/journey/journey.ts";
import type { SendLog } from "../domain/messages/send-log.ts";
import { waitAtOnce } from "../domain/walk/wait-at-once.ts";
import type { Instruction } from "./instruction.ts";
import type { Ports } from "./ports.ts";
import type { Change } from "./store.ts";
import { storeEnrollment } from "./update-enrollment.ts";

export interface Walk {
  /** The version that the customer entered with. */
  readonly journey: Journey;
  /** The live version, whose exit rules and goals apply. */
  readonly live: Journey;
  /** The enrollment as stored, and with the visits that are not stored yet. */
  readonly stored: Enrollment;
  readonly enrollment: Enrollment;
  /** The customer, when this call has already read the profile. */
  readonly customer?: Customer;
}

/** The call visits the next component, or it ends with an instruction for the execution. */
export type Visited =
  | { readonly kind: "walk"; readonly walk: Walk }
  | { readonly kind: "instruction"; readonly instruction: Instruction };

export function onFrom(walk: Walk): Visited {
  return { kind: "walk", walk };
}

export function instruct(instruction: Instruction): Visited {
  return { kind: "instruction", instruction };
}

/** A decided visit: the walk before it, and the enrollment after it. */
export interface Visit {
  readonly walk: Walk;
  readonly customer: Customer;
  readonly sent: SendLog | undefined;
  readonly left: Enrollment;
}

export async function continueWalk(
  { walk, customer, left }: Visit,
  ports: Pick<Ports, "clock" | "store">,
  also: readonly Change[] = [],
): Promise<Visited> {
  if (left.status !== "active") return endWalk(walk, left, ports, also);
  if (also.length === 0) return onFrom({ ...walk, enrollment: left });
  const waiting = waitAtOnce(left, walk.journey, customer, ports.clock.now());
  const stored = await storeEnrollment(ports, walk.stored, waiting, also);
  return onFrom({ ...walk, stored, enrollment: stored });
}

export async function endWalk(
  walk: Walk,
  enrollment: Enrollment,
  ports: Pick<Ports, "store">,
  also: readonly Change[] = [],
): Promise<Visited> {
  await storeEnrollment(ports, walk.stored, enrollment, also);
  return instruct({ next: "done" });
}
