/** Text messages: the number stays in the message, and no customer's data decides to whom a message goes or what it costs. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { reportedText } from "../../lambdas/adapters/sms/sms-events.ts";
import { textOf } from "../../lambdas/adapters/sms/text-message.ts";
import { customerId } from "../../lambdas/domain/customer/customer-changes.ts";
import { check } from "../../lambdas/domain/documents/problem.ts";
import { World } from "../app/world.ts";
import { journey } from "../behaviour/scenario-of.ts";

const NUMBER = "+491701234567";
const remind = journey({
  trigger: { event: "start", entry: "always" },
  components: { remind: { type: "sendTemplate", template: "hello" } },
});

async function sending(changes: object, text = "Hi {{ customer.firstName }}") {
  const world = new World();
  world.put({ id: "hello", channel: "sms", class: "marketing", text });
  await world.publish(remind);
  world.happens("start", { id: "s", changes: changes as never });
  await world.run("01-05 11:00");
  return world;
}

test("the number is in the message only, and in no event that the system publishes", async () => {
  const world = await sending({ phone: NUMBER, firstName: "Zaphod" });
  expect(world.sent.map(({ message }) => message.to)).toEqual([NUMBER]);
  expect(world.published.length).toBeGreaterThan(1);
  expect(JSON.stringify([world.published, world.asked])).not.toMatch(/4917012|Zaphod/);
  const { messages } = await world.only();
  expect(JSON.stringify(messages)).not.toContain("4917012");
});

test.each([
  ["two numbers", `${NUMBER},+14155550100`],
  ["a number with a line of its own", `${NUMBER}\r\n+14155550100`],
  ["a number in national form", "01701234567"],
  ["digits of another script", "+٤٩١٧٠١٢٣٤٥٦٧"],
  ["digits of full width", "+４９１７０１２３４５６７"],
  ["a pool or sender of the account", "arn:aws:sms-voice:eu-central-1:111122223333:pool/pool-1"],
  ["a short code", "72345"],
  ["an address", "ada@mail.example"],
  ["an object", { toString: NUMBER }],
])("nothing is sent to %s", async (_, phone) => {
  const world = await sending({ phone });
  expect(world.sent).toEqual([]);
  expect((await world.only()).status).toBe("completed");
});

test("a customer's value is never parsed as a template", async () => {
  const { sent } = await sending({
    phone: NUMBER,
    firstName: "{{ customer.phone }}{% for i in (1..9) %}x{% endfor %}",
  });
  expect(sent.map(({ message }) => message.text)).toEqual([
    "Hi {{ customer.phone }}{% for i in (1..9) %}x{% endfor %}",
  ]);
});

/** https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_SendTextMessage.html */
test("whatever the customer's id is, the service takes the context, and a report names the customer", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 128 }), (id) => {
      fc.pre("value" in check(customerId, id));
      const claim = { customerId: id, enrollmentId: "e", journeyId: "j", componentId: "c", messageId: "m-0" };
      const kind = { template: "t", channel: "sms", class: "marketing" } as const;
      const message = { ...kind, to: NUMBER, from: undefined, replyTo: [], subject: "", addressHash: "h" };
      const { Context = {} } = textOf(message, claim, { sender: "s" }, "stack");
      expect(Object.keys(Context).length).toBeLessThanOrEqual(5);
      for (const value of Object.values(Context)) expect(value).toMatch(/^\S{1,800}$/);
      const detail = { eventType: "TEXT_DELIVERED", context: Context, destinationPhoneNumber: NUMBER };
      const report = reportedText({ time: "2026-01-05T10:00:00Z", detail }, (real) => real);
      expect(report).toMatchObject({ customerId: id, messageId: "m-0", status: "delivered" });
      expect(JSON.stringify(report)).not.toContain("4917012");
    }),
    { numRuns: 200 },
  );
});
