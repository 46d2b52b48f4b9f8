/** A text message is claimed and sent at most once, whatever crashes; refusals are facts of the number. */
import { expect, test } from "vitest";
import type { Mail } from "../../../lambdas/app/sending-ports.ts";
import { journey } from "../../behaviour/scenario-of.ts";
import { Crash } from "../crashes.ts";
import { World } from "../world.ts";

const reminder = { id: "hello", channel: "sms", text: "Hi" };
const document = journey({
  trigger: { event: "start", entry: "always" },
  components: { remind: { type: "sendTemplate", template: "hello" } },
});

async function world(given: { send?: Mail["send"]; crash?: Crash } = {}, kind = "marketing") {
  const world = new World(given);
  world.put({ ...reminder, class: kind });
  await world.publish(document).catch(() => world.publish(document));
  return world;
}
const changes = { phone: "+491701234567" };

const messagesOf = async ({ store }: World, customerId: string) =>
  (await store.enrollments(customerId)).flatMap(({ messages }) => messages.map(({ state, reason }) => [state, reason]));

test("a number that has opted out: the message fails, and the next customer with the number is skipped", async () => {
  const shop = await world({ send: async () => ({ sent: false, reason: "opted-out" }) });
  shop.happens("start", { id: "s", changes });
  await shop.run("01-05 11:00");
  shop.happens("start", { id: "t", customerId: "c-2", changes });
  await shop.run("01-05 12:00");
  expect(await messagesOf(shop, "c-1")).toEqual([["failed", "opted-out"]]);
  expect(await messagesOf(shop, "c-2")).toEqual([["skipped", "opted-out"]]);
  expect(shop.sent).toHaveLength(1);
  expect(shop.counted()).toEqual(shop.recount());
});

test("a stack without the channel: the message fails, and the customer goes on", async () => {
  const shop = await world();
  Object.assign(shop.ports, { sms: undefined });
  shop.happens("start", { id: "s", changes });
  await shop.run("01-05 11:00");
  expect(await messagesOf(shop, "c-1")).toEqual([["failed", "channel-off"]]);
  expect((await shop.only()).status).toBe("completed");
});

test.each([
  ["marketing", "before", 1],
  ["marketing", "after", 1],
  ["transactional", "before", 2],
  ["transactional", "after", 2],
] as const)("%s: a crash %s any call sends at most %i text messages", async (kind, side, most) => {
  const states = new Set<string>();
  const sends = new Set<number>();
  for (let nth = 1; ; nth++) {
    const crash = new Crash(nth, side);
    const shop = await world({ crash }, kind);
    shop.happens("start", { id: "s", changes });
    await shop.run("01-07 10:00");
    if (crash.at === undefined) break;
    const where = `${side} call ${nth}, ${crash.at}`;
    const { status, messages } = await shop.only();
    const [state] = messages.map(({ state }) => state);
    states.add(state ?? "none");
    sends.add(shop.sent.length);
    expect([status, messages.length], where).toEqual(["completed", 1]);
    if (state !== "unknown") expect(shop.sent.length, where).toBeGreaterThanOrEqual(1);
    expect(new Set(shop.sent.map(({ claim }) => claim.messageId)).size, where).toBeLessThanOrEqual(1);
    expect(shop.counted(), where).toEqual(shop.recount());
  }
  expect(Math.max(...sends)).toBe(most);
  // A transactional message is sent once more, so that it is not unknown.
  expect([...states].sort()).toEqual(kind === "marketing" ? ["sent", "unknown"] : ["sent"]);
});
