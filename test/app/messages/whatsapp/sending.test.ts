/**
 * A WhatsApp message is claimed and sent at most once, whatever crashes; a text is skipped without a recent message
 * from the number.
 */
import { expect, test } from "vitest";
import { addressHash } from "../../../../lambdas/domain/customer/address-mark.ts";
import { journey, on } from "../../../behaviour/scenario-of.ts";
import { Crash } from "../../crashes.ts";
import { World } from "../../world.ts";

const approved = { whatsapp: { template: "welcome", body: ["{{ customer.name }}"] } };
const document = journey({
  trigger: { event: "start", entry: "always" },
  components: { greet: { type: "sendTemplate", template: "hello" } },
});
const changes = { phone: "+491701234567", name: "Ann" };

async function world(said: object = approved, given: ConstructorParameters<typeof World>[0] = {}) {
  const world = new World(given);
  world.put({ id: "hello", channel: "whatsapp", class: "marketing", ...said });
  await world.publish(document).catch(() => world.publish(document));
  return world;
}

const messagesOf = async ({ store }: World, customerId = "c-1") =>
  (await store.enrollments(customerId)).flatMap(({ messages }) => messages.map(({ state, reason }) => [state, reason]));

test("a stack without the channel: the message fails, and the customer goes on", async () => {
  const shop = await world();
  Object.assign(shop.ports, { whatsapp: undefined });
  shop.happens("start", { id: "s", changes });
  await shop.run("01-05 11:00");
  expect(await messagesOf(shop)).toEqual([["failed", "channel-off"]]);
  expect((await shop.only()).status).toBe("completed");
});

test.each([
  ["no number", { phone: undefined }, "no-address"],
  ["a number in national form", { phone: "0170 1234567" }, "bad-address"],
  ["a number that cannot exist", { phone: "+491" }, "bad-address"],
  ["the channel unsubscribed", { ...changes, unsubscribedChannels: ["whatsapp"] }, "channel-unsubscribed"],
  ["an empty value of a variable", { ...changes, name: "" }, "not-renderable"],
])("a customer with %s is skipped", async (_, attributes, reason) => {
  const shop = await world();
  const given = JSON.parse(JSON.stringify(attributes));
  shop.happens("start", { id: "s", changes: { email: "ann@shop.example", ...given } });
  await shop.run("01-05 11:00");
  expect(await messagesOf(shop)).toEqual([["skipped", reason]]);
  expect(shop.sent).toEqual([]);
});

test.each([
  ["no message from the number is known", undefined, "outside-window"],
  ["the newest message is 24 hours old", "01-04 10:00", "outside-window"],
  ["the newest message is a second younger", "01-04 10:00:01", undefined],
  ["the number wrote just now", "01-05 10:00", undefined],
])("a text, when %s", async (_, inboundAt, reason) => {
  const shop = await world({ text: "Hi {{ customer.name }}" });
  const address = addressHash(changes.phone, shop.ports.addressKey ?? "");
  if (inboundAt !== undefined)
    await shop.store.commit([
      { kind: "address", facts: { address, reports: {}, inboundAt: { whatsapp: on(inboundAt) }, revision: 1 } },
    ]);
  shop.happens("start", { id: "s", changes });
  await shop.run("01-05 11:00");
  expect(await messagesOf(shop)).toEqual([[reason === undefined ? "sent" : "skipped", reason]]);
});

test.each(["before", "after"] as const)("a crash %s any call sends at most one message", async (side) => {
  const states = new Set<string>();
  for (const kind of ["marketing", "transactional"])
    for (let nth = 1; ; nth++) {
      const crash = new Crash(nth, side);
      const shop = await world({ ...approved, class: kind }, { crash });
      shop.happens("start", { id: "s", changes });
      await shop.run("01-07 10:00");
      if (crash.at === undefined) break;
      const where = `${kind}, ${side} call ${nth}, ${crash.at}`;
      const { status, messages } = await shop.only();
      const [state] = messages.map(({ state }) => state);
      states.add(state ?? "none");
      expect([status, messages.length], where).toEqual(["completed", 1]);
      if (state !== "unknown") expect(shop.sent.length, where).toBe(1);
      expect(shop.sent.length, where).toBeLessThanOrEqual(1);
      expect(shop.counted(), where).toEqual(shop.recount());
    }
  expect([...states].sort()).toEqual(["sent", "unknown"]);
});
