/** The content of a WhatsApp template for a customer: the language, and the value of each variable. */
import { describe, expect, test } from "vitest";
import { mayReadEvent, missingVariables, type RenderScope, render } from "../../../lambdas/domain/messages/render.ts";
import type { Template } from "../../../lambdas/domain/messages/template.ts";
import { NOW } from "../enrolled.ts";

const template = (more: object): Template =>
  ({ id: "welcome", channel: "whatsapp", class: "marketing", ...more }) as Template;
const welcome = { template: "welcome", body: ["{{ customer.firstName }}"] };

const scope = (customer: object = {}, event: object = {}): RenderScope =>
  ({
    customer: { firstName: "Zoë", ...customer },
    event,
    data: {},
    journey: { id: "j", name: "J" },
    now: NOW,
    timezone: "UTC",
    unsubscribeUrl: "",
  }) as RenderScope;

const said = (more: object, customer?: object, event?: object) =>
  render(template(more), scope(customer, event)).whatsapp;

describe("the language is", () => {
  const languages = { de: {}, "pt-BR": { whatsapp: { template: "boas_vindas", body: ["{{ customer.firstName }}"] } } };
  test.each([
    ["en_US without a language and without variants", { whatsapp: welcome }, undefined, "welcome", "en_US"],
    ["that of the template", { whatsapp: { ...welcome, language: "it" } }, "de", "welcome", "it"],
    ["that of the variant", { whatsapp: welcome, languages }, "de", "welcome", "de"],
    ["that of the nearest variant", { whatsapp: welcome, languages }, "de-AT", "welcome", "de"],
    ["that of the variant, as WhatsApp writes it", { whatsapp: welcome, languages }, "pt-br", "boas_vindas", "pt_BR"],
    ["en_US for a language without a variant", { whatsapp: welcome, languages }, "fr", "welcome", "en_US"],
  ])("%s", (_, more, language, name, code) =>
    expect(said(more, { language })).toMatchObject({ template: name, language: code }),
  );
});

test("every value is rendered, without HTML escapes, and on one line", () =>
  expect(
    said(
      {
        whatsapp: {
          template: "order",
          header: { document: "https://shop.example/{{ event.id }}.pdf" },
          body: ["{{ customer.firstName }}", "{{ event.items | join: '\n' }}", "Tea\t&    <pot>"],
          buttons: [{ index: 1, url: "orders/{{ event.id }}" }],
        },
      },
      {},
      { id: 7, items: ["tea", "pot"] },
    ),
  ).toEqual({
    template: "order",
    language: "en_US",
    header: { kind: "document", value: "https://shop.example/7.pdf" },
    body: ["Zoë", "tea pot", "Tea & <pot>"],
    buttons: [{ index: 1, kind: "url", value: "orders/7" }],
  }));

test.each([
  ["no value", {}],
  ["a blank value", { firstName: " \n" }],
])("a variable with %s stops the message, because Meta refuses it", (_, customer) =>
  expect(() => said({ whatsapp: welcome }, { firstName: undefined, ...customer })).toThrow("is empty"),
);

test("a message with an approved template has no text, and a text has no approved template", () => {
  expect(render(template({ whatsapp: welcome }), scope())).not.toHaveProperty("text");
  expect(render(template({ text: "Hi" }), scope())).toEqual({ subject: "", text: "Hi" });
});

test.each([
  ["{{ event.item }}", true],
  ["{{ customer.firstName }}", false],
])("whether the event is read: %s", (value, reads) =>
  expect(mayReadEvent(template({ whatsapp: { template: "order", body: [value] } }))).toBe(reads),
);

test("variables without a value are listed", () =>
  expect(missingVariables(template({ whatsapp: { template: "order", body: ["{{ event.item }}!"] } }), scope())).toEqual(
    ["event.item"],
  ));
