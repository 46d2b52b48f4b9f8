/** What customers answer, through the topics of the deployed stack. */
import { describe, expect, test } from "vitest";
import type { Enrollment } from "../../../lambdas/domain/enrollment/enrollment.ts";
import type { Written } from "../../../local/whatsapp.ts";
import type { Item } from "../../../stack/deployed/stack.ts";
import { until } from "../waiting.ts";
import { type ChannelName, channelNames, channels, type Sent } from "./channels.ts";
import { allEnded, go, HOUR_IN_SECONDS, type Part, type Person, run, sentTo, somebody } from "./shop.ts";

/** Asks twice, and sends a text after the answer to the first message. WhatsApp takes a text only then. */
const asks = (channel: ChannelName): Item => ({
  start: "first",
  components: {
    first: { type: "sendTemplate", template: `${channel}-asks`, next: "second" },
    second: { type: "sendTemplate", template: `${channel}-asks-again`, next: "answered" },
    answered: {
      type: "messageStatusRule",
      message: "first",
      status: "replied",
      within: "P60D",
      met: "more",
    },
    more: { type: "sendTemplate", template: `${channel}-thanks` },
  },
});
/** Its id sorts behind that of the journey that asks. */
const hears = (channel: ChannelName): Item => ({
  trigger: {
    event: "message.received",
    where: { field: "event.channel", operator: "equals", value: channel },
    entry: "always",
  },
  start: "note",
  components: { note: { type: "addTag", tags: ["heard"] } },
});

export const answers: Part = {
  templates: channelNames.flatMap((channel) => [
    { id: `${channel}-asks`, channel, ...channels[channel].content },
    { id: `${channel}-asks-again`, channel, ...channels[channel].content },
    { id: `${channel}-thanks`, channel, text: "Thank you" },
  ]),
  journeys: Object.fromEntries(
    channelNames.flatMap((channel) => [
      [`asks-${channel}`, asks(channel)],
      [`hears-${channel}`, hears(channel)],
    ]),
  ),
};

/** The first of the two messages to a customer who has got both. */
export async function asked(channel: ChannelName, who: Person): Promise<Sent> {
  await go(`asks-${channel}`, who);
  return until(
    `two messages to ${who.phone}`,
    async () => {
      const [first, second] = await sentTo(channel, who);
      const [enrollment] = await run.stack.enrollments(who.customerId);
      const waits = enrollment?.position.waiting?.token !== undefined;
      return second && waits ? first : undefined;
    },
    { instead: () => run.stack.enrollments(who.customerId) },
  );
}

export const says = (channel: ChannelName, written: Omit<Written, "topic">) =>
  channels[channel].says(run.engine, { topic: run.stack.output(channels[channel].topic), ...written });

/** Of each message whether it was sent, and whether it was answered. */
const fates = (enrollment: Enrollment | undefined) =>
  enrollment?.messages.map(({ state, reason, statuses }) => [reason ?? state, statuses.replied !== undefined]);

export function describeAnswers(): void {
  describe.each(channelNames)("an answer by %s", (channel) => {
    const both = [
      ["sent", true],
      ["sent", false],
    ];

    test.concurrent("takes the branch of the reply, and starts the journey that listens to messages", async () => {
      const who = somebody();
      const answers = await asked(channel, who);
      await says(channel, { from: who.phone, text: "Yes please", id: `yes-${who.phone}`, answers });
      const [asks, hears, ...others] = await allEnded(who, 2);
      expect(asks?.steps.map(({ outcome }) => outcome)).toEqual(["done", "done", "met", "done"]);
      expect(fates(asks)).toEqual([...both, ["sent", false]]);
      expect(hears).toMatchObject({ journeyId: `hears-${channel}`, trigger: { name: "message.received" } });
      expect(others).toEqual([]);
      expect(await sentTo(channel, who)).toHaveLength(3);
    });

    test.concurrent("that says STOP in the middle of a journey keeps the next marketing back", async () => {
      const who = somebody();
      const answers = await asked(channel, who);
      await says(channel, { from: who.phone, text: "Stop!", id: `stop-${who.phone}`, answers });
      const [asks] = await allEnded(who, 2);
      expect(fates(asks)).toEqual([...both, ["channel-unsubscribed", false]]);
      expect(await sentTo(channel, who)).toHaveLength(2);
    });

    test.concurrent("that the topic delivers three times starts one journey, and one from an unknown number none", async () => {
      const [who, next] = [somebody(), somebody()];
      const answers = await asked(channel, who);
      await says(channel, { from: `${who.phone}999`, text: "Hello?", id: `hello-${who.phone}` });
      for (let time = 0; time < 3; time++)
        await says(channel, { from: who.phone, text: "Yes", id: `yes-${who.phone}`, answers });
      expect(await allEnded(who, 2)).toHaveLength(2);
      await says(channel, {
        from: next.phone,
        text: "Yes",
        id: `yes-${next.phone}`,
        answers: await asked(channel, next),
      });
      expect(await allEnded(next, 2)).toHaveLength(2);
      expect(await run.stack.enrollments(who.customerId)).toHaveLength(2);
    });
  });

  test("a text by WhatsApp does not go out when the answer was written 25 hours ago and came late", async () => {
    const who = somebody();
    const answers = await asked("whatsapp", who);
    const time = new Date(Date.now() - 25 * HOUR_IN_SECONDS * 1000);
    await says("whatsapp", { from: who.phone, text: "Yes please", id: `late-${who.phone}`, answers, time });
    const [asks] = await allEnded(who, 1);
    expect(fates(asks)).toEqual([
      ["sent", true],
      ["sent", false],
      ["outside-window", false],
    ]);
    expect(await sentTo("whatsapp", who)).toHaveLength(2);
  });
}
