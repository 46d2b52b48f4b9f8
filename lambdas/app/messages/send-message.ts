/**
 * The only way by which a component sends a message: it waits for its turn, claims, sends and records. A call that finds
 * an earlier call's claim settles that claim instead.
 */

import type { Enrollment } from "../../domain/enrollment/enrollment.ts";
import type { ComponentOf } from "../../domain/journey/component.ts";
import { isPaced } from "../../domain/messages/channel-traits.ts";
import { emptySendLog } from "../../domain/messages/send-log.ts";
import { applyStep } from "../../domain/walk/apply-step.ts";
import { leave, type OutgoingMessage } from "../../domain/walk/outcome.ts";
import { waitAtOnce } from "../../domain/walk/wait-at-once.ts";
import { QuotaError } from "../errors.ts";
import type { Ports } from "../ports.ts";
import { instruct, onFrom, type Visit, type Visited, type Walk } from "../walk-state.ts";
import type { CarrierPorts } from "./channels.ts";
import { queueMessage } from "./queue-message.ts";
import { resumeSend } from "./resume-send.ts";
import { type Onward, sendOnce } from "./send-once.ts";
import { waitForQuota } from "./wait-for-quota.ts";

type Sender = ComponentOf<"sendTemplate">;

/** The customer goes on to the component's `next`, whether or not the message was sent. */
const onward =
  ({ next }: Sender): Onward =>
  (enrollment, now, reason) =>
    applyStep(enrollment, "sendTemplate", { ...leave("done", next), ...(reason !== undefined && { reason }) }, now);

/** For a visit whose send an earlier call has claimed. This function reads neither the customer nor the template. */
export async function resumeMessage(
  { enrollment }: Walk,
  component: Sender,
  ports: Pick<Ports, "clock" | "store">,
): Promise<Visited> {
  const resumed = await resumeSend(enrollment, onward(component), ports);
  return resumed.kind === "settled" ? instruct({ next: "continue" }) : instruct({ next: "wait", until: resumed.until });
}

export async function sendMessage(
  message: OutgoingMessage,
  component: Sender,
  { walk, customer, sent = emptySendLog(customer.customerId) }: Visit,
  ports: CarrierPorts & Pick<Ports, "store" | "sendRate">,
): Promise<Visited> {
  const { journey, live, enrollment } = walk;
  const waits = isPaced(message.channel) ? await queueMessage(message.channel, walk, ports) : undefined;
  if (waits) return instruct(waits);
  const go = onward(component);
  let stored: Enrollment | undefined;
  try {
    stored = await sendOnce(
      { stored: walk.stored, enrollment, customer, sent },
      message,
      (record, now) => waitAtOnce(go(record, now), journey, customer, now),
      ports,
    );
  } catch (error) {
    if (!(error instanceof QuotaError)) throw error;
    return instruct(await waitForQuota(enrollment, ports));
  }
  if (stored?.status !== "active") return instruct({ next: "done" });
  return stored.position.visit === enrollment.position.visit
    ? instruct({ next: "continue" })
    : onFrom({ journey, live, stored, enrollment: stored, customer });
}
