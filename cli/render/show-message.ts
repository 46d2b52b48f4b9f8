/** Prints a rendered message, and what a text message costs. */
import { costlyLine, type TextCost, textCostLine } from "../../insight/preview/text-parts.ts";
import { textOrTemplate } from "../../insight/preview/whatsapp-text.ts";
import { traitsOf } from "../../lambdas/domain/messages/channel-traits.ts";
import type { OutgoingMessage } from "../../lambdas/domain/walk/outcome.ts";
import type { Io } from "../terminal/io.ts";

export function showCost(cost: TextCost, to: string | undefined, io: Io): void {
  io.out(`\n${io.style("dim", "Parts:")} ${textCostLine(cost, to)}`);
  const costly = costlyLine(cost);
  if (costly !== undefined) io.err(costly);
}

/** Sender and address. A text message has no sender address like a mail. */
export function showHeads({ channel, from, to, replyTo }: OutgoingMessage, io: Io): void {
  const { textOnly } = traitsOf(channel);
  if (!textOnly) line("From", from, io);
  line("To", to, io);
  if (!textOnly) line("Reply-To", replyTo.join(", "), io);
}

/** A text message has no subject. */
export function showMessage({ channel, subject, html, ...message }: OutgoingMessage, io: Io): void {
  if (!traitsOf(channel).textOnly) line("Subject", io.style("bold", subject), io);
  io.out(`\n${textOrTemplate(message) ?? html ?? ""}`);
}

function line(name: string, value: string | undefined, io: Io): void {
  if (value) io.out(`${io.style("dim", `${name}:`)} ${value}`);
}
