/** Handles what the queue of a service brings: a report about a message of the stack, or a message from a customer. */
import type { Hold } from "../../domain/counters/breaker.ts";
import type { Channel } from "../../domain/messages/channel.ts";
import type { Ports } from "../ports.ts";
import { findReported, type ServiceReport } from "./find-reported.ts";
import { handleDeliveryReport } from "./handle-delivery-report.ts";
import { type AnswerPorts, type InboundMessage, receiveMessage } from "./receive-message.ts";
import type { ReportedStatus, ReportPorts } from "./record-message-status.ts";

/** Messages from customers. */
export interface Received {
  readonly received: readonly InboundMessage[];
}

export type ServiceMessage = ReportedStatus | ServiceReport | Received;

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
  if ("received" in message) {
    const unknown: Handled["unknown"][number][] = [];
    for (const each of message.received) unknown.push(...(await receive(each, ports)));
    return { held: [], unknown };
  }
  const reports = "serviceId" in message ? await findReported(message, ports) : [message];
  const held: Handled["held"][number][] = [];
  for (const report of reports) held.push(...(await handleDeliveryReport(report, ports)));
  return { held, unknown: [] };
}

async function receive(message: InboundMessage, { answers, ...ports }: ServicePorts): Promise<Handled["unknown"]> {
  if (!answers) throw new Error("This stack receives no messages from customers. Switch `inbound` of the channel on.");
  const { channel } = message;
  return (await receiveMessage(message, { ...ports, ...answers })) === "unknown-number" ? [{ channel }] : [];
}
