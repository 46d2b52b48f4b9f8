/** `advance`: components that send, or that read the status of a message. */
import { describe, expect, test } from "vitest";
import { unknownCustomer } from "../../../lambdas/domain/customer/customer.ts";
import type { Position } from "../../../lambdas/domain/enrollment/enrollment.ts";
import type { Component } from "../../../lambdas/domain/journey/component.ts";
import type { Template } from "../../../lambdas/domain/messages/template.ts";
import { advance } from "../../../lambdas/domain/walk/advance.ts";
import type { JourneyFacts } from "../../../lambdas/domain/walk/journey-facts.ts";
import { EARLIER, journeyOf, LATER, message, NOW } from "../enrolled.ts";
import { ann, at, decide, facts, goes, waiting } from "./deciding.ts";

describe("sendTemplate", () => {
  const send: Component = { type: "sendTemplate", template: "hello", next: "second" };
  const template: Template = { id: "hello", channel: "email", class: "marketing", subject: "Hi", text: "x" };
  const transactional: Template = { ...template, class: "transactional" };
  const unsubscribeUrl = "https://u.example/?token=x";

  test("marketing carries the unsubscribe link", () => {
    const { effect } = decide(send, { template, unsubscribeUrl });
    expect(effect).toEqual({
      kind: "send",
      message: {
        template: "hello",
        channel: "email",
        class: "marketing",
        to: "ann@shop.example",
        from: "shop@shop.example",
        replyTo: [],
        unsubscribeUrl,
        subject: "Hi",
        text: "x",
      },
    });
  });

  test.each([
    ["transactional", { template: transactional, unsubscribeUrl }],
    ["a stack without such links", { template }],
  ])("%s carries no link", (_, more) => {
    expect(decide(send, more).effect).not.toHaveProperty("message.unsubscribeUrl");
  });

  test("the journey's sender, else the stack's, else the mail service's own", () => {
    const sender = { from: "stack@shop.example", replyTo: ["help@shop.example"] };
    const sent = (journey: object, more: object) =>
      advance({ ...journeyOf({ first: send }), ...journey }, at(), facts({ template, ...more }), NOW).effect;
    expect(sent({ sender: { from: "own@shop.example" } }, { sender })).toMatchObject({
      message: { from: "own@shop.example", replyTo: [] },
    });
    expect(sent({}, { sender })).toMatchObject({
      message: { from: "stack@shop.example", replyTo: ["help@shop.example"] },
    });
    expect(sent({}, {})).toMatchObject({ message: { from: undefined, replyTo: [] } });
  });

  test.each([
    ["no template", {}, "unknown-template"],
    ["no address", { template, customer: unknownCustomer("c-1") }, "no-address"],
    [
      "unsubscribed",
      { template, customer: { ...ann, attributes: { ...ann.attributes, unsubscribed: true } } },
      "unsubscribed",
    ],
    [
      "bounced",
      {
        template,
        customer: { ...ann, suppressed: { email: "ann@shop.example", reason: "bounced" as const, at: NOW } },
      },
      "bounced",
    ],
    [
      "complained",
      {
        template,
        customer: { ...ann, suppressed: { email: "ann@shop.example", reason: "complained" as const, at: NOW } },
      },
      "complained",
    ],
    [
      "unsubscribed from the topic",
      {
        template: { ...template, topic: "news" },
        customer: { ...ann, attributes: { ...ann.attributes, topics: { news: false } } },
      },
      "topic-unsubscribed",
    ],
  ])("%s: the message is skipped, and the customer goes on", (_, more, reason) => {
    expect(decide(send, more)).toEqual({
      outcome: "skipped",
      reason,
      next: { kind: "component", componentId: "second" },
    });
  });

  test("a bounce of an earlier address prevents nothing", () => {
    const suppressed = { email: "old@shop.example", reason: "bounced" as const, at: NOW };
    expect(decide(send, { template, customer: { ...ann, suppressed } }).outcome).toBe("done");
  });

  test.each([
    ["bounced", "skipped"],
    ["complained", "done"],
  ] as const)("transactional mail to an address that %s: %s", (reason, outcome) => {
    const suppressed = { email: "ann@shop.example", reason, at: NOW };
    expect(decide(send, { template: transactional, customer: { ...ann, suppressed } }).outcome).toBe(outcome);
  });
});

describe("messageStatusRule", () => {
  const rule: Component = {
    type: "messageStatusRule",
    message: "mail",
    status: "read",
    within: "PT1H",
    met: "yes",
    notMet: "no",
  };
  const mail = (more: Parameters<typeof message>[0]) => ({ messages: { mail: message(more) } });
  const read = mail({ statuses: { read: EARLIER } });
  test.each<[string, Partial<JourneyFacts>, Position, string, string]>([
    ["not yet: rests", mail({}), at(), NOW, `signal ${LATER}`],
    ["already", read, at(), NOW, "yes"],
    ["while resting", read, waiting(LATER), NOW, "yes"],
    ["in time, seen late", mail({ statuses: { read: LATER } }), waiting(LATER), "2026-01-05T12:00:00.000Z", "yes"],
    [
      "too late",
      mail({ statuses: { read: "2026-01-05T11:00:00.001Z" } }),
      waiting(LATER),
      "2026-01-05T12:00:00.000Z",
      "no",
    ],
    ["time is up", mail({}), waiting(LATER), LATER, "no"],
    ["time is not up", mail({}), waiting(LATER), "2026-01-05T10:59:59.999Z", `signal ${LATER}`],
    ["skipped", mail({ state: "skipped" }), at(), NOW, "no"],
    ["failed", mail({ state: "failed" }), at(), NOW, "no"],
    ["none at all", {}, at(), NOW, "no"],
    ["claimed: may still be", mail({ state: "claimed" }), at(), NOW, `signal ${LATER}`],
    ["unknown: may still be", mail({ state: "unknown" }), at(), NOW, `signal ${LATER}`],
    [
      "skipped, in a loop that has not rested",
      { ...mail({ state: "skipped" }), loopedWithoutWait: true },
      at(),
      NOW,
      `signal ${LATER}`,
    ],
  ])("%s", (_, more, position, now, expected) => expect(goes(decide(rule, more, position, now))).toBe(expected));

  test("a failed message meets a rule about the status failed", () => {
    const failed: Component = { ...rule, status: "failed" };
    expect(goes(decide(failed, mail({ state: "failed", statuses: { failed: NOW } })))).toBe("yes");
    expect(goes(decide(failed, mail({ state: "failed" })))).toBe(`signal ${LATER}`);
  });
});
