/** Text messages of customers, read as the topic delivers them: the message that the service says was answered. */
import { describe, expect, test } from "vitest";
import { serviceMessages } from "../../../../lambdas/adapters/sms/service-messages.ts";
import { handleServiceMessage } from "../../../../lambdas/app/messages/handle-service-message.ts";
import { journey, on } from "../../../behaviour/scenario-of.ts";
import { World } from "../../world.ts";
import { eventsOf, NUMBER } from "../inbound.ts";

/** A world in which the customer has got two messages. */
async function textedTwice(): Promise<World> {
  const world = new World();
  world.put({ id: "hello", channel: "sms", class: "marketing", text: "Hi" });
  const send = (next?: string) => ({ type: "sendTemplate", template: "hello", ...(next && { next }) });
  await world.publish(journey({ components: { first: send("second"), second: send() } }));
  await world.enter({ changes: { phone: NUMBER } });
  await world.run("01-05 10:30");
  return world;
}

const messagesOf = async ({ store }: World) => (await store.enrollments("c-1")).flatMap(({ messages }) => messages);

async function says(world: World, at: string, previousPublishedMessageId: string | undefined): Promise<void> {
  const said = { originationNumber: NUMBER, messageBody: "Yes", inboundMessageId: `inbound-${at}` };
  const Message = JSON.stringify({ ...said, previousPublishedMessageId });
  const input = { Type: "Notification", Message, Timestamp: on(at) };
  const answers = { addressKey: world.ports.addressKey ?? "", events: eventsOf(world) };
  for (const message of serviceMessages(input, (time) => time))
    await handleServiceMessage(message, { ...world.ports, answers });
}

describe("an answer by text message", () => {
  const none = undefined;

  test.each<[string, string, (ids: readonly string[]) => string | undefined, (string | undefined)[]]>([
    ["names the older message", "01-05 10:30", ([first]) => `text.${first}`, [on("01-05 10:30"), none]],
    ["names the newest message", "01-05 10:30", ([, second]) => `text.${second}`, [none, on("01-05 10:30")]],
    ["names none, so it answers the newest", "01-05 10:30", () => none, [none, on("01-05 10:30")]],
    [
      "names a message of another sender, so it answers the newest",
      "01-05 10:30",
      () => "text.of-a-keyword",
      [none, on("01-05 10:30")],
    ],
    [
      "names a message of the day before yesterday",
      "01-07 10:30",
      ([first]) => `text.${first}`,
      [on("01-07 10:30"), none],
    ],
    ["names none two days later, so it answers nothing", "01-07 10:30", () => none, [none, none]],
  ])("%s", async (_, at, named, expected) => {
    const world = await textedTwice();
    await world.run(at);
    await says(world, at, named((await messagesOf(world)).map(({ messageId }) => messageId)));
    expect((await messagesOf(world)).map(({ statuses }) => statuses.replied)).toEqual(expected);
  });

  test("names a message to a customer who has given up the number, so it answers nothing", async () => {
    const world = await textedTwice();
    const [first] = await messagesOf(world);
    world.happens("moved", { id: "m", changes: { phone: "+491713920002" } });
    world.happens("moved", { id: "n", customerId: "c-2", changes: { phone: NUMBER } });
    await world.run("01-05 10:40");
    await says(world, "01-05 10:40", `text.${first?.messageId}`);
    expect((await messagesOf(world)).map(({ statuses }) => statuses.replied)).toEqual([none, none]);
    await world.run("01-05 10:41");
    expect(await world.store.events("c-2", "message.received", "")).toHaveLength(1);
  });
});
