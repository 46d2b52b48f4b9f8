/** An approved template of WhatsApp in words: Meta has its text, so only its name, its language and the values are known. */
import type { WhatsappContent } from "../../lambdas/domain/messages/whatsapp/content.ts";

export function whatsappText({ template, language, header, body, buttons }: WhatsappContent): string {
  return [
    `${template} (${language})`,
    ...(header ? [`header: ${header.value}`] : []),
    ...body.map((value, place) => `{{${place + 1}}}: ${value}`),
    ...buttons.map(({ index, value }) => `button ${index}: ${value}`),
  ].join("\n");
}

/** The text of a message, or its approved template in words. */
export function textOrTemplate({
  text,
  whatsapp,
}: {
  readonly text?: string | undefined;
  readonly whatsapp?: WhatsappContent | undefined;
}): string | undefined {
  return whatsapp ? whatsappText(whatsapp) : text;
}
