/**
 * Who was sent a message, or was changed, mostly rests at the next component. Where nothing but the journey, the
 * enrollment and the clock decides that, nothing need be read for it, and it is stored with what became of them.
 */

import type { Customer } from "../customer/customer.ts";
import { type Enrollment, hasLoopedWithoutWait } from "../enrollment/enrollment.ts";
import type { Journey } from "../journey/journey.ts";
import type { Time } from "../time/time.ts";
import { advance } from "./advance.ts";
import { applyStep } from "./apply-step.ts";

/** The enrollment at rest where it stands; the same object when that is for a visit to decide. */
export function waitAtOnce(enrollment: Enrollment, journey: Journey, customer: Customer, now: Time): Enrollment {
  const { position, status } = enrollment;
  const component = journey.components[position.componentId];
  const plain = component?.type === "messageStatusRule" || (component?.type === "wait" && component.for !== undefined);
  if (!plain || status !== "active" || hasLoopedWithoutWait(enrollment, position.componentId)) return enrollment;
  const messages = Object.fromEntries(enrollment.messages.map((message) => [message.componentId, message]));
  const advanced = advance(journey, position, { customer, messages }, now);
  return advanced.next.kind === "wait" ? applyStep(enrollment, component.type, advanced, now) : enrollment;
}
