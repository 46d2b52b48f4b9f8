/** Summaries of dead letters, without personal data. */
import { expect, test } from "vitest";
import { messageTags } from "../../../lambdas/adapters/message-tags.ts";
import { deadLetterOf } from "../../../stack/redrive/dead-letter.ts";

const of = (body: unknown, attributes = {}) =>
  deadLetterOf("events", {
    messageId: "m-1",
    body: typeof body === "string" ? body : JSON.stringify(body),
    attributes,
  });

test("the summary of an event has its name, customer and time, and none of its data", () => {
  const letter = of({
    "detail-type": "order.placed",
    time: "2026-01-05T09:00:00Z",
    detail: { customerId: "c-1", data: { secret: "s3cret" }, customer: { email: "ada@mail.example" } },
  });
  expect(letter).toEqual({
    messageId: "m-1",
    queue: "events",
    what: "order.placed",
    customerId: "c-1",
    time: "2026-01-05T09:00:00Z",
    reason: "failed five times; see the log of its function",
    rejected: false,
  });
});

test("the summary of an SES report has its kind and the customer from its tags", () => {
  const claim = { customerId: "Zoë/1", messageId: "e-0", journeyId: "j", componentId: "c", enrollmentId: "e" };
  const tags = Object.fromEntries(messageTags(claim).map(({ Name, Value }) => [Name, [Value]]));
  const letter = of({ "detail-type": "Email Opened", detail: { eventType: "Open", mail: { tags } } });
  expect([letter.what, letter.customerId]).toEqual(["Email Opened", "Zoë/1"]);
});

test("the summary of a status task has its work and the journey", () => {
  const letter = of({ journeyId: "cart", work: "stop", since: "2026-01-05T10:00:00.000Z", part: 3 });
  expect(letter).toMatchObject({ what: "stop", journeyId: "cart", time: "2026-01-05T10:00:00.000Z" });
});

test.each([
  ["its function's", { reason: "customerId: missing-member: …\ntime: bad-value: …" }, true, /^customerId: .*; time: /],
  ["the bus's", { ERROR_CODE: "NO_PERMISSIONS", ERROR_MESSAGE: "no" }, false, /could not deliver.*NO_PERMISSIONS: no$/],
  ["nobody's", {}, false, /five times/],
])("the reason is %s", (_, attributes, rejected, words) => {
  const letter = of({}, attributes);
  expect([letter.rejected, words.test(letter.reason)]).toEqual([rejected, true]);
});

test.each([["no JSON"], ["null"], ["[1]"], [{ detail: 7 }], [{ detail: { customerId: 7 } }]])(
  "%j is listed like any other",
  (body) => expect(of(body)).toMatchObject({ messageId: "m-1", what: "?" }),
);
