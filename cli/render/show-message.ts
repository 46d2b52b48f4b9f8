/** Prints a rendered message, and what a text message or a WhatsApp message costs. */
import { defaultRegion, type OwnPrices } from "../../insight/cost/bill.ts";
import { costlyLine, textCost, textCostLine } from "../../insight/preview/text-parts.ts";
import { textOrTemplate } from "../../insight/preview/whatsapp-text.ts";
import { traitsOf } from "../../lambdas/domain/messages/channel-traits.ts";
import type { OutgoingMessage } from "../../lambdas/domain/walk/outcome.ts";
import type { Io } from "../terminal/io.ts";

/** The cost for programs. A WhatsApp message has no cost when its price is not given. */
export function costOf({ channel, text = "", whatsapp }: OutgoingMessage, prices: OwnPrices) {
  if (channel === "sms") return textCost(text, defaultRegion, prices);
  const dollars = whatsapp ? prices.whatsappTemplates : prices.whatsappTexts;
  return channel === "whatsapp" && dollars !== undefined ? { dollars } : undefined;
}

export function showCost(message: OutgoingMessage, prices: OwnPrices, io: Io): void {
  const cost = costOf(message, prices);
  if (!cost) return;
  io.out("");
  if ("parts" in cost) {
    line("Parts", textCostLine(cost, message.to, prices), io);
    const costly = costlyLine(cost);
    if (costly !== undefined) io.err(costly);
  } else line("Price", `$${cost.dollars.toFixed(4)}`, io);
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
