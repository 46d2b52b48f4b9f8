/** What a person should know about a message beside its text: what a text message costs, and that Meta has an approved text. */
import { defaultRegion } from "../../../insight/cost/bill.ts";
import { costlyLine, textCost, textCostLine } from "../../../insight/preview/text-parts.ts";
import type { OutgoingMessage } from "../../../lambdas/domain/walk/outcome.ts";

export function notesOn({ channel, text = "", to, whatsapp }: OutgoingMessage): string[] {
  if (whatsapp) return ["Meta has the text of this approved template. Here are its name, its language and its values."];
  if (channel !== "sms") return [];
  const cost = textCost(text, defaultRegion);
  return [`${textCostLine(cost, to)}.`, costlyLine(cost) ?? []].flat();
}
