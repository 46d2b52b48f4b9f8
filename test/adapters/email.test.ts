/**
 * Messages as a mail program reads them. The test renders each message, makes the request to SES as in production, turns
 * it into MIME by nodemailer's composer, which stands in for SES, and reads it with a mail parser. The cases are data.
 */
import { type ParsedMail, simpleParser } from "mailparser";
import MailComposer from "nodemailer/lib/mail-composer";
import { describe, expect, test } from "vitest";
import { emailOf } from "../../lambdas/adapters/email.ts";
import { unknownCustomer } from "../../lambdas/domain/customer/customer.ts";
import type { Journey, Sender } from "../../lambdas/domain/journey/journey.ts";
import type { Template } from "../../lambdas/domain/messages/template.ts";
import type { JsonObject } from "../../lambdas/domain/values/json.ts";
import { advance } from "../../lambdas/domain/walk/advance.ts";
import type { OutgoingMessage } from "../../lambdas/domain/walk/outcome.ts";
import cases from "../data/messages.json" with { type: "json" };
import { NOW } from "../domain/enrolled.ts";

interface Case {
  readonly name: string;
  readonly template: Pick<Template, "subject" | "html" | "text">;
  readonly customer?: JsonObject;
  readonly event?: JsonObject;
  readonly sender?: Sender;
  readonly expect: {
    readonly subject?: string;
    readonly text?: string;
    /** `false`: there is none. */
    readonly html?: string | false;
    readonly to?: string;
    readonly fromName?: string;
    readonly replyTo?: readonly string[];
    readonly skipped?: string;
  };
}

const url = "https://unsubscribe.example/?token=Yw.news.c2ln";
const claim = { customerId: "c-1", enrollmentId: "e", journeyId: "j", componentId: "mail", messageId: "e-0" };

function decided({ template, customer, event = {}, sender = { from: "Shop <hello@shop.example>" } }: Case) {
  const journey = {
    id: "j",
    name: "J",
    status: "active",
    trigger: { event: "start" },
    start: "mail",
    components: { mail: { type: "sendTemplate", template: "t" } },
  } as Journey;
  return advance(
    journey,
    { componentId: "mail", visit: 0, since: NOW },
    {
      customer: { ...unknownCustomer("c-1"), attributes: { email: "ann@mail.example", ...customer } },
      event,
      messages: {},
      template: { id: "t", channel: "email", class: "marketing", ...template },
      sender,
      unsubscribeUrl: url,
    },
    NOW,
  );
}

type Input = ReturnType<typeof emailOf>;

/** Stands in for SES, which makes the same MIME message from `Simple`: headers, and the parts as alternatives. */
async function received({ FromEmailAddress, Destination, ReplyToAddresses, Content }: Input): Promise<ParsedMail> {
  const { Subject, Body, Headers = [] } = Content?.Simple ?? {};
  const raw = await new MailComposer({
    from: FromEmailAddress ?? "",
    to: [...(Destination?.ToAddresses ?? [])],
    replyTo: [...(ReplyToAddresses ?? [])],
    subject: Subject?.Data ?? "",
    ...(Body?.Html && { html: Body.Html.Data ?? "" }),
    ...(Body?.Text && { text: Body.Text.Data ?? "" }),
    headers: Headers.map(({ Name = "", Value = "" }) => ({ key: Name, value: Value })),
  })
    .compile()
    .build();
  return simpleParser(raw, { skipTextToHtml: true });
}

const lines = (text: string | undefined) => text?.replace(/\r\n/g, "\n").replace(/\n$/, "");
const all = cases as unknown as readonly Case[];

test("there are enough cases, each under its own name", () => {
  expect(all.length).toBeGreaterThanOrEqual(40);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
});

describe.each(all.filter((one) => one.expect.skipped === undefined))("$name", (one) => {
  const { effect } = decided(one);
  const message = (effect?.kind === "send" ? effect.message : undefined) as OutgoingMessage;
  const input = emailOf(message, claim, "set");

  test("asks SES for one message, with nothing in its headers that could start another", () => {
    const { FromEmailAddress = "", Destination, ReplyToAddresses = [], Content } = input;
    const { Subject, Headers = [] } = Content?.Simple ?? {};
    const addresses = [FromEmailAddress, ...(Destination?.ToAddresses ?? []), ...ReplyToAddresses];
    for (const text of addresses) expect(text).toMatch(/^[\x20-\x7e]+$/);
    for (const text of [Subject?.Data ?? "", ...Headers.map(({ Value = "" }) => Value)])
      expect(text).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
    expect(Destination?.ToAddresses).toHaveLength(1);
    expect(Destination).not.toHaveProperty("BccAddresses");
  });

  test("is read as intended", async () => {
    const mail = await received(input);
    const { subject, text, html, to, fromName, replyTo } = one.expect;
    expect(mail.subject ?? "").toBe(subject);
    if (text !== undefined) expect(lines(mail.text)?.replace(/\n{3,}/g, "\n\n")).toBe(text);
    if (html !== undefined) expect(mail.html === false ? false : lines(mail.html)).toBe(html);
    expect([mail.to].flat().flatMap((each) => each?.value.map(({ address }) => address))).toEqual([
      to ?? "ann@mail.example",
    ]);
    if (fromName !== undefined) expect(mail.from?.value[0]?.name).toBe(fromName);
    expect(mail.replyTo?.value.map(({ address }) => address) ?? []).toEqual(replyTo ?? []);
    expect(mail.attachments).toEqual([]);
    expect(mail.headerLines.map(({ key }) => key).sort()).toEqual(
      [
        "content-type",
        ...(mail.headerLines.some(({ key }) => key === "content-transfer-encoding")
          ? ["content-transfer-encoding"]
          : []),
        ...["date", "from", "list-unsubscribe", "list-unsubscribe-post", "message-id", "mime-version"],
        ...(replyTo ? ["reply-to"] : []),
        ...(subject === "" ? [] : ["subject"]),
        "to",
      ].sort(),
    );
    const header = (name: string) => mail.headerLines.find(({ key }) => key === name)?.line.replace(/\r\n\s+/g, " ");
    expect(header("list-unsubscribe")).toBe(`List-Unsubscribe: <${url}>`);
    expect(header("list-unsubscribe-post")).toBe("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
  });
});

test.each(all.filter((one) => one.expect.skipped !== undefined))("$name: skipped", (one) => {
  expect(decided(one)).toMatchObject({ outcome: "skipped", reason: one.expect.skipped });
  expect(decided(one)).not.toHaveProperty("effect");
});
