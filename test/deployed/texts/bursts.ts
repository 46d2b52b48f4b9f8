/** Many customers at once get a message of one channel, and the service throttles some of the messages. */
import { expect, test } from "vitest";
import { type ChannelName, channelNames, channels } from "./channels.ts";
import { ended, go, oneTo, outcomes, type Part, run, SECONDS_A_MESSAGE, sentTo, somebody } from "./shop.ts";

const PEOPLE = 12;
const THROTTLES = 3;

const crowded = (channel: ChannelName) => ({
  start: "s",
  components: {
    s: { type: "sendTemplate", template: `${channel}-crowd`, next: "r" },
    r: { type: "messageStatusRule", message: "s", status: "delivered", within: "P60D", met: "yes" },
    yes: { type: "addTag", tags: ["reached"] },
  },
});

export const bursts: Part = {
  templates: channelNames.map((channel) => ({ id: `${channel}-crowd`, channel, ...channels[channel].content })),
  journeys: Object.fromEntries(channelNames.map((channel) => [`crowd-${channel}`, crowded(channel)])),
};

/** The time of the next free turn of the channel, in milliseconds of the stack's time. */
async function nextFree(channel: ChannelName): Promise<number> {
  const pace = await run.stack.get("CountersTableName", { journey: "~pace", scope: channel });
  return Number(pace?.nextFree ?? 0);
}

export function describeBursts(): void {
  test.concurrent.each(channelNames)(
    "%s: a burst goes out at the rate, each message once, although the service throttles",
    async (channel) => {
      const { throttle, report, delivered } = channels[channel];
      const before = await nextFree(channel);
      await throttle(run.engine, THROTTLES);
      const crowd = Array.from({ length: PEOPLE }, somebody);
      await Promise.all(crowd.map((who) => go(`crowd-${channel}`, who)));
      const turns: number[] = [];
      for (const who of crowd) {
        await report(run.engine, await oneTo(channel, who), delivered);
        const enrollment = await ended(who);
        const [message] = enrollment.messages;
        const [{ until } = {}] = enrollment.steps;
        const waits = until === undefined ? [] : [Date.parse(until)];
        for (const turn of waits) expect(Date.parse(message?.claimedAt ?? "")).toBeGreaterThanOrEqual(turn);
        turns.push(...waits);
        expect(outcomes(enrollment).filter((outcome) => outcome !== "waiting")).toEqual(["done", "met", "done"]);
        expect(await sentTo(channel, who), who.phone).toHaveLength(1);
      }
      turns.sort((a, b) => a - b);
      const interval = SECONDS_A_MESSAGE * 1000;
      for (const [index, turn] of turns.entries())
        if (index > 0) expect(turn - (turns[index - 1] ?? 0)).toBeGreaterThanOrEqual(interval);
      // Each message took a turn, also where a slow machine brought it after its turn, so that it waited for none.
      expect((await nextFree(channel)) - before).toBeGreaterThanOrEqual(PEOPLE * interval);
      expect(await throttle(run.engine, 0)).toBe(0);
    },
  );
}
