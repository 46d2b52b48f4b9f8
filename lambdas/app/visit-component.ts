/**
 * One component, visited: the decision is `advance`'s, here it takes effect, once. Visits that have no effect outside
 * the enrollment are not stored one by one but with the next thing that is.
 */

import { advance } from "../domain/advance.ts";
import { UNKNOWN_CHANNEL } from "../domain/channel.ts";
import { isForgotten } from "../domain/customer.ts";
import { type Enrollment, ended, restingSince, walkedThrough } from "../domain/enrollment.ts";
import type { JourneyFacts } from "../domain/journey-facts.ts";
import { limitsOf } from "../domain/limits.ts";
import { messageIdOf } from "../domain/message-id.ts";
import { moved, restsOn, withMessage } from "../domain/move.ts";
import type { Advanced, Waiting } from "../domain/outcome.ts";
import type { Ending } from "../domain/reason.ts";
import { changeEnrollment } from "./change-enrollment.ts";
import { type FactPorts, type Gathered, gatherFacts } from "./gather-facts.ts";
import type { Instruction } from "./instruction.ts";
import type { Ports } from "./ports.ts";
import { resumeMessage } from "./send-message.ts";
import { type EffectPorts, takeEffect } from "./take-effect.ts";
import { end, goOn, instruct, onFrom, type Visit, type Visited, type Walk } from "./walk.ts";

export type WalkPorts = FactPorts & EffectPorts & Pick<Ports, "limits">;

/** @throws ConflictError when somebody else has changed the enrollment: walk again from what is stored. */
export async function visitComponent(walk: Walk, ports: WalkPorts): Promise<Visited> {
  const { journey, enrollment } = walk;
  const { position } = enrollment;
  const component = journey.components[position.componentId];
  const endWith = (ending: Ending) => end(walk, ended(enrollment, ending, ports.clock.now()), ports);
  if (!component) return endWith({ status: "failed", reason: "unknown-component" });
  if (component.type === "sendTemplate" && position.claim !== undefined) return resumeMessage(walk, component, ports);
  const customer = walk.customer ?? (await ports.store.customer(enrollment.customerId));
  // Who was erased since is not brought back by what a component says of them.
  if (isForgotten(customer, enrollment.trigger.time)) return endWith({ status: "exited", reason: "customer-deleted" });
  const gathered = await gatherFacts(enrollment, customer, journey, ports);
  const facts: Gathered = {
    ...gathered,
    again: walkedThrough(enrollment, position.componentId),
    limits: limitsOf(walk.live.limits, ports.limits),
    sends: gathered.sent?.sends.filter(({ messageId }) => messageId !== messageIdOf(enrollment)),
    reachedAt: restingSince(enrollment),
  };
  const advanced = advance(journey, position, facts, ports.clock.now());
  const { next } = advanced;
  if (next.kind === "wait") return rest(walk, { ...advanced, next }, facts, ports);
  const left = moved(withSkip(walk, advanced, facts, ports), component.type, advanced, ports.clock.now());
  const visit: Visit = { walk: { ...walk, customer }, customer, sent: gathered.sent, left };
  return advanced.effect ? takeEffect(advanced.effect, visit, ports) : goOn(visit, ports);
}

/** Comes to rest, and looks once more: what happened meanwhile could not see that somebody waits for it. */
async function rest(
  walk: Walk,
  advanced: Waiting,
  { again, customer }: JourneyFacts,
  ports: Pick<Ports, "clock" | "store">,
): Promise<Visited> {
  const { journey, live, enrollment, stored } = walk;
  const { next } = advanced;
  const instruction: Instruction =
    next.for === "timer"
      ? { next: "wait", until: next.until }
      : { next: "awaitSignal", until: next.until, visit: enrollment.position.visit };
  if (restsOn(enrollment.position, next)) return instruct(instruction);
  const now = ports.clock.now();
  const type = journey.components[enrollment.position.componentId]?.type ?? "wait";
  const resting = moved(enrollment, type, advanced, now);
  const position = again ? { ...resting.position, since: now } : resting.position;
  const waiting = await changeEnrollment(ports, stored, { ...resting, position });
  if (next.for === "timer") return instruct(instruction);
  // Only a `waitFor` looks at the customer.
  return onFrom({ journey, live, stored: waiting, enrollment: waiting, ...(type !== "waitFor" && { customer }) });
}

/** A message that is not sent is noted too: a rule that judges it must not take an older one for it. */
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
