/**
 * Visits one component: `advance` decides, and this file carries out the decision once. A visit without an effect
 * outside the enrollment is not stored by itself. The next write stores such a visit too, which saves writes.
 */

import { isBeforeErasure } from "../../domain/customer/customer.ts";
import { ended } from "../../domain/enrollment/ending.ts";
import type { Enrollment } from "../../domain/enrollment/enrollment.ts";
import { messageIdOf } from "../../domain/enrollment/message-id.ts";
import { hasLoopedWithoutWait, waitingSince } from "../../domain/enrollment/steps.ts";
import { UNKNOWN_CHANNEL } from "../../domain/messages/channel.ts";
import { limitsOf } from "../../domain/messages/limits.ts";
import type { Ending } from "../../domain/reasons/reason.ts";
import { advance } from "../../domain/walk/advance.ts";
import { applyStep, sameWait, withMessage } from "../../domain/walk/apply-step.ts";
import type { JourneyFacts } from "../../domain/walk/journey-facts.ts";
import type { Advanced, Waiting } from "../../domain/walk/outcome.ts";
import type { Instruction } from "../instruction.ts";
import { resumeMessage } from "../messages/send-message.ts";
import type { Ports } from "../ports.ts";
import { storeEnrollment } from "../update-enrollment.ts";
import { continueWalk, endWalk, instruct, onFrom, type Visit, type Visited, type Walk } from "../walk-state.ts";
import { type FactPorts, type Gathered, gatherFacts } from "./gather-facts.ts";
import { type EffectPorts, takeEffect } from "./take-effect.ts";

export type WalkPorts = FactPorts & EffectPorts & Pick<Ports, "limits">;

/** @throws ConflictError when another call has changed the enrollment: walk again from the stored enrollment. */
export async function visitComponent(walk: Walk, ports: WalkPorts): Promise<Visited> {
  const { journey, enrollment } = walk;
  const { position } = enrollment;
  const component = journey.components[position.componentId];
  const endWith = (ending: Ending) => endWalk(walk, ended(enrollment, ending, ports.clock.now()), ports);
  if (!component) return endWith({ status: "failed", reason: "unknown-component" });
  if (component.type === "sendTemplate" && position.claim !== undefined) return resumeMessage(walk, component, ports);
  const customer = walk.customer ?? (await ports.store.customer(enrollment.customerId));
  // A component must not bring back the data of a customer who was erased after entry.
  if (isBeforeErasure(customer, enrollment.trigger.time))
    return endWith({ status: "exited", reason: "customer-deleted" });
  const gathered = await gatherFacts(enrollment, customer, journey, ports);
  const facts: Gathered = {
    ...gathered,
    loopedWithoutWait: hasLoopedWithoutWait(enrollment, position.componentId),
    limits: limitsOf(walk.live.limits, ports.limits),
    sends: gathered.sent?.sends.filter(({ messageId }) => messageId !== messageIdOf(enrollment)),
    reachedAt: waitingSince(enrollment),
  };
  const advanced = advance(journey, position, facts, ports.clock.now());
  const { next } = advanced;
  if (next.kind === "wait") return beginWait(walk, { ...advanced, next }, facts, ports);
  const left = applyStep(withSkip(walk, advanced, facts, ports), component.type, advanced, ports.clock.now());
  const visit: Visit = { walk: { ...walk, customer }, customer, sent: gathered.sent, left };
  return advanced.effect ? takeEffect(advanced.effect, visit, ports) : continueWalk(visit, ports);
}

/**
 * Stores the wait. If the customer waits for a signal, the component is then visited again, because a function that
 * handled an event in the meantime could not see the wait.
 */
async function beginWait(
  walk: Walk,
  advanced: Waiting,
  { customer }: JourneyFacts,
  ports: Pick<Ports, "clock" | "store">,
): Promise<Visited> {
  const { journey, live, enrollment, stored } = walk;
  const { next } = advanced;
  const instruction: Instruction =
    next.for === "timer"
      ? { next: "wait", until: next.until }
      : { next: "awaitSignal", until: next.until, visit: enrollment.position.visit };
  if (sameWait(enrollment.position, next)) return instruct(instruction);
  const now = ports.clock.now();
  const type = journey.components[enrollment.position.componentId]?.type ?? "wait";
  const written = await storeEnrollment(ports, stored, applyStep(enrollment, type, advanced, now));
  if (next.for === "timer") return instruct(instruction);
  // Only a `waitFor` reads the customer.
  return onFrom({ journey, live, stored: written, enrollment: written, ...(type !== "waitFor" && { customer }) });
}

/** A skipped message is recorded too, so that a messageStatusRule does not read the statuses of an older message. */
function withSkip(
  { journey, enrollment }: Walk,
  { outcome, reason }: Advanced,
  { template }: JourneyFacts,
  { clock }: Pick<Ports, "clock">,
): Enrollment {
  const { componentId } = enrollment.position;
  const component = journey.components[componentId];
  if (outcome !== "skipped" || component?.type !== "sendTemplate") return enrollment;
  return withMessage(enrollment, {
    messageId: messageIdOf(enrollment),
    componentId,
    template: component.template,
    channel: template?.channel ?? UNKNOWN_CHANNEL,
    state: "skipped",
    ...(reason !== undefined && { reason }),
    claimedAt: clock.now(),
    attempts: 0,
    statuses: {},
  });
}
