/** Handles what the queue of a service brings: a report about a message of the stack, or a message from a customer. */
import type { Hold } from "../../domain/counters/breaker.ts";
import type { Channel } from "../../domain/messages/channel.ts";
import type { Ports } from "../ports.ts";
import { findReported, type ServiceReport } from "./find-reported.ts";
import { handleDeliveryReport } from "./handle-delivery-report.ts";
import { type AnswerPorts, type InboundMessage, receiveMessage } from "./receive-message.ts";
import type { ReportedStatus, ReportPorts } from "./record-message-status.ts";

/** A message from a customer that may name the message it answers, by the id of the service. */
export interface WithAnsweredId extends Omit<InboundMessage, "answers"> {
  readonly answeredId?: string;
}

export type ServiceMessage = ReportedStatus | ServiceReport | WithAnsweredId;

/** What the log must say. */
export interface Handled {
  /** The journeys whose circuit breaker is open. */
  readonly held: readonly (Hold & { readonly journeyId: string })[];
  /** The channels of messages from numbers that no customer has. */
  readonly unknown: readonly { readonly channel: Channel }[];
}

interface ServicePorts extends ReportPorts, Pick<Ports, "breakers" | "sentIds"> {
  /** `undefined` when the stack receives no messages from customers. */
  readonly answers: AnswerPorts | undefined;
}

export async function handleServiceMessage(message: ServiceMessage, ports: ServicePorts): Promise<Handled> {
  if ("from" in message) return { held: [], unknown: await receive(message, ports) };
  const reports = "serviceId" in message ? await findReported(message, ports) : [message];
  const held: Handled["held"][number][] = [];
  for (const report of reports) held.push(...(await handleDeliveryReport(report, ports)));
  return { held, unknown: [] };
}

/** A message that answers a message of which this stack has no id is handled as one that names none. */
async function receive(
  { answeredId, ...message }: WithAnsweredId,
  { answers, ...ports }: ServicePorts,
): Promise<Handled["unknown"]> {
  if (!answers) throw new Error("This stack receives no messages from customers. Switch `inbound` of the channel on.");
  const answered = answeredId === undefined ? undefined : await ports.sentIds?.find(answeredId);
  const outcome = await receiveMessage({ ...message, answers: answered }, { ...ports, ...answers });
  return outcome === "unknown-number" ? [{ channel: message.channel }] : [];
}
