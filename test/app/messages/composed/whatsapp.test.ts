/** WhatsApp messages, exactly as Meta's API gets them: approved templates in several languages, texts, and odd values. */
import { expect, test } from "vitest";
import { metaMessage } from "../../../../lambdas/adapters/whatsapp/meta-message.ts";
import type { Json, JsonObject } from "../../../../lambdas/domain/values/json.ts";
import { composed } from "./composed.ts";

const approved = {
  template: "order_update",
  header: { image: "https://shop.example/{{ event.picture }}" },
  body: ["{{ customer.name }}", "{{ event.orderId | default: 'your order' }}"],
  buttons: [{ index: 0, url: "orders/{{ event.orderId | url_encode }}" }],
};
const languages = {
  de: {},
  "pt-BR": { whatsapp: { template: "pedido", body: ["{{ event.orderId }}"] } },
  fr: { whatsapp: { template: "commande" } },
};
const order = { picture: "tea.jpg", orderId: "o 7/ä" };
const whatsapped = (document: object, customer?: JsonObject) =>
  metaMessage(composed({ channel: "whatsapp", ...document }, customer, order));
const about = { messaging_product: "whatsapp", recipient_type: "individual", to: "+491713920001" };
const text = (value: string) => ({ type: "text", text: value });
const header = { type: "header", parameters: [{ type: "image", image: { link: "https://shop.example/tea.jpg" } }] };
const body = (...values: string[]) => ({ type: "body", parameters: values.map(text) });
const button = { type: "button", index: "0", sub_type: "url", parameters: [text("orders/o+7%2F%C3%A4")] };
const asTemplate = (name: string, code: string, ...components: object[]) => ({
  ...about,
  type: "template",
  template: { name, language: { code }, ...(components.length > 0 && { components }) },
});

test.each<[string, object, JsonObject, object]>([
  [
    "header, body and button, each with its values",
    { whatsapp: approved },
    {},
    asTemplate("order_update", "en_US", header, body("Ada", "o 7/ä"), button),
  ],
  [
    "a variant without members of its own is the same template in its language",
    { whatsapp: approved, languages },
    { language: "de-CH" },
    asTemplate("order_update", "de", header, body("Ada", "o 7/ä"), button),
  ],
  [
    "a variant with a template of its own has nothing of the other's header and buttons",
    { whatsapp: approved, languages },
    { language: "pt-BR" },
    asTemplate("pedido", "pt_BR", body("o 7/ä")),
  ],
  [
    "a template without variables has no components",
    { whatsapp: approved, languages },
    { language: "fr" },
    asTemplate("commande", "fr"),
  ],
  [
    "a language without a variant",
    { whatsapp: approved, languages },
    { language: "it" },
    asTemplate("order_update", "en_US", header, body("Ada", "o 7/ä"), button),
  ],
  [
    "a code to copy and the payload of a quick reply",
    {
      whatsapp: {
        template: "coupon",
        buttons: [
          { index: 0, code: "{{ event.orderId | upcase }}" },
          { index: 1, payload: "{{ event.orderId }}" },
        ],
      },
    },
    {},
    asTemplate(
      "coupon",
      "en_US",
      {
        type: "button",
        index: "0",
        sub_type: "copy_code",
        parameters: [{ type: "coupon_code", coupon_code: "O 7/Ä" }],
      },
      { type: "button", index: "1", sub_type: "quick_reply", parameters: [{ type: "payload", payload: "o 7/ä" }] },
    ),
  ],
  [
    "a text within 24 hours, with its line breaks and tabs, and without entities",
    { text: "Hi {{ customer.name }},\n\tyour order {{ event.orderId }} & more" },
    { name: "<Zoë>\nO'Neil" },
    { ...about, type: "text", text: { body: "Hi <Zoë>\nO'Neil,\n\tyour order o 7/ä & more" } },
  ],
])("%s", (_, document, customer, expected) => expect(whatsapped(document, customer)).toEqual(expected));

/** Meta refuses a value that is empty, or has a line break, a tab or more than four blanks in a row. */
test.each<[string, Json, string]>([
  ["a line break is a blank", "Ada\nLovelace", "Ada Lovelace"],
  ["a line break of Windows is one blank", "Ada\r\n\r\nLovelace", "Ada Lovelace"],
  ["a tab is a blank", "Ada\tLovelace", "Ada Lovelace"],
  ["many blanks are one", "Ada      Lovelace", "Ada Lovelace"],
  ["blanks around the value are dropped", "  Ada\n", "Ada"],
  ["Unicode's own line breaks are blanks", "Ada\u2028Lovelace\u2029!", "Ada Lovelace !"],
  ["a control character is a blank", "Ada\u0000Lovelace\u001b", "Ada Lovelace"],
  ["joined emoji stay whole", "👩‍👧 Zoë", "👩‍👧 Zoë"],
  ["a name that looks like a variable of WhatsApp is a text", "{{1}}", "{{1}}"],
  ["no entities", 'O\'Neil & "Co" <b>', 'O\'Neil & "Co" <b>'],
  ["the signs that WhatsApp shows as bold stay", "*Ada*", "*Ada*"],
  ["a number as it is printed", 41.5, "41.5"],
  ["a list as it is printed", ["Bonn", "Ulm"], "BonnUlm"],
])("a value of the body: %s", (_, name, expected) => {
  const whatsapp = { template: "hello", body: ["{{ customer.name }}"] };
  expect(whatsapped({ whatsapp }, { name })).toEqual(asTemplate("hello", "en_US", body(expected)));
});

test.each<[string, object]>([
  ["a value of the body", { body: ["{{ customer.nick }}"] }],
  ["a value of line breaks and tabs only", { body: ["\n\t{{ customer.nick }}\r\n"] }],
  ["the text of the header", { header: { text: "{{ customer.nick }}" } }],
  ["the code of a button", { buttons: [{ index: 0, code: "{{ customer.nick }}" }] }],
])("%s without a value: the message is skipped", (_, members) =>
  expect(() => whatsapped({ whatsapp: { template: "hello", ...members } })).toThrow("not-renderable"),
);
