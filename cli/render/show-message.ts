/** Prints a rendered message, and what a text message costs. */
import { costlyLine, type TextCost, textCostLine } from "../../insight/preview/text-parts.ts";
import { traitsOf } from "../../lambdas/domain/messages/channel-traits.ts";
import type { OutgoingMessage } from "../../lambdas/domain/walk/outcome.ts";
import type { Io } from "../terminal/io.ts";

export function showCost(cost: TextCost, io: Io): void {
  io.out(`\n${io.style("dim", "Parts:")} ${textCostLine(cost)}`);
  const costly = costlyLine(cost);
  if (costly !== undefined) io.err(costly);
}

/** A text message has no subject, and no sender address like a mail. */
export function showMessage({ channel, from, to, replyTo, subject, html, text }: OutgoingMessage, io: Io): void {
  const line = (name: string, value: string | undefined) => value && io.out(`${io.style("dim", `${name}:`)} ${value}`);
  const { textOnly } = traitsOf(channel);
  if (!textOnly) line("From", from);
  line("To", to);
  if (!textOnly) line("Reply-To", replyTo.join(", "));
  if (!textOnly) line("Subject", io.style("bold", subject));
  io.out(`\n${text ?? html ?? ""}`);
}
