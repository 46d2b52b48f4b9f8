/**
 * Sixty messages: five languages, with and without a layout, through each channel, with plain and with odd data. Each
 * is the exact text that leaves. `test/adapters/email.test.ts` reads mails with a real parser.
 */
import { expect, test } from "vitest";
import { emailOf } from "../../../lambdas/adapters/email.ts";
import { textOf } from "../../../lambdas/adapters/sms/text-message.ts";
import { metaMessage } from "../../../lambdas/adapters/whatsapp/meta-message.ts";
import { channels } from "../../../lambdas/app/messages/channels.ts";
import { checkTemplate } from "../../../lambdas/domain/checks/check-journey.ts";
import { unknownCustomer } from "../../../lambdas/domain/customer/customer.ts";
import type { PublishedEvent } from "../../../lambdas/domain/events/system-events.ts";
import type { Channel } from "../../../lambdas/domain/messages/channel.ts";
import { type SharedText, sharedTextsOf } from "../../../lambdas/domain/messages/shared-text.ts";
import type { JsonObject } from "../../../lambdas/domain/values/json.ts";
import { advance } from "../../../lambdas/domain/walk/advance.ts";
import type { OutgoingMessage } from "../../../lambdas/domain/walk/outcome.ts";
import { MemorySentIds } from "../../../simulator/sending/memory-sent-ids.ts";
import { journey } from "../../behaviour/scenario-of.ts";
import cases from "../../data/variants.json" with { type: "json" };
import { good } from "../world.ts";

interface Said {
  readonly subject?: string;
  readonly html?: string;
  readonly text?: string;
}
interface Case {
  readonly language: string | null;
  readonly layout: boolean;
  readonly channel: Channel;
  readonly data: "plain" | "odd";
  readonly expect: Said;
}

const NOW = "2026-01-05T10:00:00.000Z";
const words = {
  en: ["Hi", "items", "you"],
  de: ["Hallo", "Artikel", "du"],
  "pt-BR": ["Olá", "itens", "você"],
  ar: ["مرحبا", "عناصر", "أنت"],
} as const;

function said(language: keyof typeof words, isText: boolean) {
  const [hello, items, you] = words[language];
  const text = `${hello} {{ customer.name | default: '${you}' }}: {{ event.items | size }} ${items}`;
  const html = `<p>${hello} {{ customer.name }}</p>`;
  return { text, ...(!isText && { html, ...(language !== "ar" && { subject: `${hello} {{ customer.name }}` }) }) };
}

const shared = [
  {
    id: "frame",
    kind: "layout",
    html: "<div>{{ content }}</div>{% render 'foot' %}",
    text: "{{ content }}\n-- {% render 'foot' %}",
    languages: { de: { html: "<section>{{ content }}</section>{% render 'foot' %}" } },
  },
  {
    id: "foot",
    kind: "partial",
    html: "<small>Shop</small>",
    text: "Shop",
    languages: { de: { html: "<small>Laden</small>", text: "Laden" } },
  },
] as const satisfies readonly SharedText[];

function templateOf({ channel, layout }: Case) {
  const isText = channel === "sms";
  const languages = { de: said("de", isText), "pt-BR": said("pt-BR", isText), ar: said("ar", isText) };
  const document = { id: "hello", channel, class: "transactional", ...said("en", isText), languages };
  const texts = sharedTextsOf(shared);
  const checked = checkTemplate({ ...document, ...(layout && { layout: "frame" }) }, undefined, texts);
  if ("problems" in checked) throw new Error(JSON.stringify(checked.problems));
  return { ...checked.value, shared: texts };
}

const people: Readonly<Record<Case["data"], JsonObject>> = {
  plain: { name: "Ada" },
  odd: { name: 'Zoë "O\'Neil" <b>& 👩‍👧 {{ x }}' },
};

/** The odd customer of a text message has no name, and no event tells of items. */
function decided(one: Case): OutgoingMessage {
  const isNameless = one.channel === "sms" && one.data === "odd";
  const attributes = { email: "ada@mail.example", phone: "+491713920001", ...(isNameless ? {} : people[one.data]) };
  const language = one.language === null ? {} : { language: one.language };
  const { effect } = advance(
    good(journey({ components: { mail: { type: "sendTemplate", template: "hello" } } })),
    { componentId: "mail", visit: 0, since: NOW },
    {
      customer: { ...unknownCustomer("c-1"), attributes: { ...attributes, ...language } },
      event: one.data === "plain" ? { items: ["tea", "pot"] } : {},
      messages: {},
      template: templateOf(one),
      sender: { from: "Shop <hello@shop.example>" },
    },
    NOW,
  );
  if (effect?.kind !== "send") throw new Error("Nothing is sent.");
  return effect.message;
}

const claim = { customerId: "c-1", enrollmentId: "e", journeyId: "j", componentId: "mail", messageId: "e-0" };
const sender = "arn:aws:sms-voice:eu-central-1:111122223333:pool/pool-1";

/** The message that each channel hands to its service. */
const leaves: Readonly<Record<Channel, (message: OutgoingMessage) => Promise<Said>>> = {
  email: async (message) => {
    const { Subject, Body } = emailOf(message, claim, "set").Content?.Simple ?? {};
    return { subject: Subject?.Data ?? "", html: Body?.Html?.Data ?? "", text: Body?.Text?.Data ?? "" };
  },
  event: async (message) => {
    const published: PublishedEvent[] = [];
    const bus = { publish: async (events: readonly PublishedEvent[]) => void published.push(...events) };
    await channels.event.send(message, claim, {
      bus,
      clock: { now: () => NOW },
      mail: { send: async () => ({ sent: true }) },
      sms: undefined,
      whatsapp: undefined,
      sentIds: new MemorySentIds(),
    });
    const { subject = "", html = "", text = "" } = (published[0]?.data ?? {}) as Said;
    return { subject, html, text };
  },
  sms: async (message) => ({ text: textOf(message, claim, { sender }, "stack").MessageBody ?? "" }),
  whatsapp: async (message) => ({ text: JSON.stringify(metaMessage(message)) }),
};

const all = cases as readonly Case[];

test("every combination is there once", () => {
  const names = all.map(({ expect: _, ...combination }) => JSON.stringify(combination));
  expect([all.length, new Set(names).size]).toEqual([60, 60]);
});

test.each(all)("$language, layout $layout, $channel, $data", async (one) =>
  expect(await leaves[one.channel](decided(one))).toEqual(one.expect),
);
