/**
 * After a message or a change of the customer, the next component is usually a wait. Where the journey, the enrollment
 * and the clock alone decide that the customer waits, the wait is stored together with the outcome of the effect. This
 * saves one write per wait.
 */

import type { Customer } from "../customer/customer.ts";
import type { Enrollment } from "../enrollment/enrollment.ts";
import { hasLoopedWithoutWait } from "../enrollment/steps.ts";
import type { Journey } from "../journey/journey.ts";
import type { Time } from "../time/time.ts";
import { advance } from "./advance.ts";
import { applyStep } from "./apply-step.ts";

/** The enrollment with its customer waiting at the component; the same object when only a visit can decide that. */
export function waitAtOnce(enrollment: Enrollment, journey: Journey, customer: Customer, now: Time): Enrollment {
  const { position, status } = enrollment;
  const component = journey.components[position.componentId];
  const plain = component?.type === "messageStatusRule" || (component?.type === "wait" && component.for !== undefined);
  if (!plain || status !== "active" || hasLoopedWithoutWait(enrollment, position.componentId)) return enrollment;
  const messages = Object.fromEntries(enrollment.messages.map((message) => [message.componentId, message]));
  const advanced = advance(journey, position, { customer, messages }, now);
  return advanced.next.kind === "wait" ? applyStep(enrollment, component.type, advanced, now) : enrollment;
}
