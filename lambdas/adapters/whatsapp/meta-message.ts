/**
 * A message in the form of Meta's API, which AWS passes on:
 * https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages
 */
import type { ButtonKind, HeaderKind, WhatsappContent } from "../../domain/messages/whatsapp/content.ts";
import type { OutgoingMessage } from "../../domain/walk/outcome.ts";

export function metaMessage({ to, text, whatsapp }: Pick<OutgoingMessage, "to" | "text" | "whatsapp">): object {
  const about = { messaging_product: "whatsapp", recipient_type: "individual", to };
  return whatsapp
    ? { ...about, type: "template", template: templateOf(whatsapp) }
    : { ...about, type: "text", text: { body: text ?? "" } };
}

function templateOf({ template, language, header, body, buttons }: WhatsappContent): object {
  const components = [
    ...(header ? [{ type: "header", parameters: [headerParameters[header.kind](header.value)] }] : []),
    ...(body.length > 0 ? [{ type: "body", parameters: body.map((text) => ({ type: "text", text })) }] : []),
    ...buttons.map(({ index, kind, value }) => ({
      type: "button",
      index: String(index),
      ...buttonParameters[kind](value),
    })),
  ];
  return { name: template, language: { code: language }, ...(components.length > 0 && { components }) };
}

const headerParameters: Readonly<Record<HeaderKind, (value: string) => object>> = {
  text: (text) => ({ type: "text", text }),
  image: (link) => ({ type: "image", image: { link } }),
  video: (link) => ({ type: "video", video: { link } }),
  document: (link) => ({ type: "document", document: { link } }),
};

const buttonParameters: Readonly<Record<ButtonKind, (value: string) => object>> = {
  url: (text) => ({ sub_type: "url", parameters: [{ type: "text", text }] }),
  payload: (payload) => ({ sub_type: "quick_reply", parameters: [{ type: "payload", payload }] }),
  code: (code) => ({ sub_type: "copy_code", parameters: [{ type: "coupon_code", coupon_code: code }] }),
};
