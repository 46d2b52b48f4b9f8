/** `channel: "event"`: the stack publishes the rendered message, and an app sends it and reports by `message.status`. */
import { describe, expect, test } from "vitest";
import { addressHash } from "../../../lambdas/domain/customer/address-mark.ts";
import { ann, event, hello, journey, on, start, story, tell, withoutTimes } from "../scenario-of.ts";

const sms = {
  id: "sms",
  channel: "event",
  class: "marketing",
  text: "Hi {{ customer.firstName }}: {{ event.total }} €",
};
const rule = {
  type: "messageStatusRule",
  message: "mail",
  status: "delivered",
  within: "P1D",
  met: "yes",
  notMet: "no",
};
const components = {
  mail: { type: "sendTemplate", template: "sms", next: "rule" },
  rule,
  yes: { type: "addTag", tags: ["yes"] },
  no: { type: "addTag", tags: ["no"] },
};
const given = (more: object = {}, parts: object = {}) => ({
  templates: [{ ...sms, ...more }],
  journeys: [journey({ components, trigger: { event: "start", includeUnsubscribed: true } })],
  events: [start("01-05 10:00", { data: { total: 5 }, customer: { firstName: "Ann" } })],
  ...parts,
});

test("is rendered and requested, and counts as sent only when the app reports it", async () => {
  const { lines, store, summary } = await tell(given());
  const [enrollment] = await store.enrollments("c-1");
  expect(lines.find(({ kind }) => kind === "message")).toEqual({
    at: on("01-05 10:00"),
    kind: "message",
    customerId: "c-1",
    journeyId: "j",
    enrollmentId: enrollment?.enrollmentId,
    componentId: "mail",
    template: "sms",
    channel: "event",
    text: "Hi Ann: 5 €",
  });
  expect(enrollment?.messages).toMatchObject([{ state: "requested", channel: "event", statuses: {} }]);
  expect(enrollment?.messages[0]).not.toHaveProperty("address");
  expect(store.counts.get("j")).toMatchObject({ "message.mail.requested": 1 });
  expect(store.counts.get("j")).not.toHaveProperty("message.mail.sent");
  expect(summary).toMatchObject({ messages: 1, tags: { "c-1": ["no"] } });
});

test("the app's report takes the customer on at once", async () => {
  const { store, story } = await tell(
    given({}, { statuses: [{ at: on("01-05 11:00"), customerId: "c-1", message: "mail", status: "delivered" }] }),
  );
  expect(story).toContain("01-05 11:00 | rule met");
  expect((await store.enrollments("c-1"))[0]?.messages).toMatchObject([
    { state: "sent", statuses: { delivered: on("01-05 11:00") } },
  ]);
  expect(store.counts.get("j")).toMatchObject({ "message.mail.sent": 1, "message.mail.requested": 1 });
});

describe("which customers get a message by event", () => {
  const mailLine = async (template: object, customer: object) =>
    withoutTimes(await story(given(template, { customers: [{ customerId: "c-1", ...customer }] })))[1];
  test.each([
    ["needs no email address", {}, {}, "mail mail: undefined"],
    ["wants marketing", {}, { unsubscribed: true }, "mail skipped (unsubscribed)"],
    ["wants the topic", { topic: "news" }, { topics: { news: false } }, "mail skipped (topic-unsubscribed)"],
    ["or asked for it", { class: "transactional" }, { unsubscribed: true }, "mail mail: undefined"],
  ])("%s", async (_, template, customer, expected) => expect(await mailLine(template, customer)).toBe(expected));

  test("an address that bounced does not keep back messages of the app's channel", async () => {
    const both = {
      first: { type: "sendTemplate", template: "hello", next: "rest" },
      rest: { type: "wait", for: "P1D", next: "mail" },
      mail: { type: "sendTemplate", template: "sms" },
    };
    const told = await story({
      templates: [hello, sms],
      journeys: [journey({ components: both })],
      customers: [ann],
      events: [start()],
      statuses: [{ at: on("01-05 11:00"), customerId: "c-1", message: "first", status: "bounced" }],
    });
    expect(withoutTimes(told)).toContain("mail done");
  });

  test("a bounce that the app reports on its own channel does not suppress the email address", async () => {
    const { store } = await tell(
      given(
        {},
        {
          statuses: [{ at: on("01-05 11:00"), customerId: "c-1", message: "mail", status: "bounced" }],
        },
      ),
    );
    const { reports } = await store.addressFacts(addressHash(ann.email, "simulated"));
    expect(reports).toEqual({});
  });
});

test("a journey whose trigger is `message.requested` is refused, because that event is for apps", async () => {
  await expect(
    tell({
      journeys: [journey({ components: { a: components.no }, trigger: { event: "message.requested" } })],
      events: [event("01-05 10:00", "x")],
    }),
  ).rejects.toThrow(/reserved-event/);
});
