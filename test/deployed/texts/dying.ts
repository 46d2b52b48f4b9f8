/**
 * Kills the functions at each line of the way of a message, just before and just after the call. At most one message goes
 * out, and the customer goes on. A message of which nobody knows whether it went out is `unknown`, until a report says
 * it: a report about a text message names the message, a report about WhatsApp only if the service's id was stored.
 */
import { SetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { beforeAll, describe, expect, test } from "vitest";
import type { Enrollment } from "../../../lambdas/domain/enrollment/enrollment.ts";
import type { Death } from "../deaths.ts";
import { until } from "../waiting.ts";
import { says } from "./answers.ts";
import { type ChannelName, channelNames, channels } from "./channels.ts";
import { deaths, go, linux, type Part, type Person, run, sentTo, somebody } from "./shop.ts";

const walk = (channel: ChannelName) => ({
  exit: [{ id: "out", event: "leave" }],
  start: "s",
  components: {
    s: { type: "sendTemplate", template: `${channel}-once`, next: "r" },
    r: { type: "messageStatusRule", message: "s", status: "delivered", within: "P60D", met: "a" },
    a: { type: "messageStatusRule", message: "s", status: "replied", within: "P60D", met: "more" },
    more: { type: "sendTemplate", template: `${channel}-more` },
  },
});

export const dying: Part = {
  templates: channelNames.flatMap((channel) =>
    ["once", "more"].map((name) => ({ id: `${channel}-${name}`, channel, ...channels[channel].content })),
  ),
  journeys: Object.fromEntries(channelNames.map((channel) => [`dies-${channel}`, walk(channel)])),
};

/** `about`: besides the customer, so that a wait for a turn does not change which call is struck. */
interface Line {
  readonly of: "Advance" | "MessageStatus";
  readonly what: string;
  readonly call?: string;
  readonly about?: string;
  readonly nth?: number;
}
const claim: Line = { of: "Advance", what: "the claim", about: '{"S":"claimed"}' };
const record: Line = { of: "Advance", what: "the record of the message", about: '{"S":"sent"}' };
const onward: Line = { of: "Advance", what: "the rule that is reached", about: '{"S":"sent"}', nth: 2 };
const reports: readonly Line[] = [
  { of: "MessageStatus", what: "the report", about: '"delivered"' },
  { of: "MessageStatus", what: "STOP", about: '"unsubscribedChannels"' },
  { of: "MessageStatus", what: "the reply", about: '"replied"' },
];
const lines: Record<ChannelName, readonly Line[]> = {
  sms: [claim, { of: "Advance", what: "the message", call: channels.sms.call }, record, onward, ...reports],
  whatsapp: [
    claim,
    { of: "Advance", what: "the message", call: channels.whatsapp.call },
    { of: "Advance", what: "the id of the service", about: "~sent#" },
    record,
    onward,
    ...reports,
  ],
};

/** The deaths after which nobody knows whether the message went out, and its state before and after the report. */
const states: Record<
  ChannelName,
  Readonly<Record<string, readonly [messages: number, before: string, after: string]>>
> = {
  sms: {
    "after the claim": [0, "unknown", "unknown"],
    "before the message": [0, "unknown", "unknown"],
    "after the message": [1, "unknown", "sent"],
    "before the record of the message": [1, "unknown", "sent"],
  },
  whatsapp: {
    "after the claim": [0, "unknown", "unknown"],
    "before the message": [0, "unknown", "unknown"],
    "after the message": [1, "unknown", "unknown"],
    "before the id of the service": [1, "unknown", "unknown"],
    "after the id of the service": [1, "unknown", "sent"],
    "before the record of the message": [1, "unknown", "sent"],
  },
};

interface Life {
  readonly channel: ChannelName;
  readonly title: string;
  readonly who: Person;
  readonly death: Death;
}

const lives: readonly Life[] = channelNames.flatMap((channel) =>
  lines[channel].flatMap(({ of, what, call = "write", about, nth = 1 }) =>
    (["before", "after"] as const).map((when) => {
      const who = somebody();
      const whom = call === "write" ? who.customerId : who.phone;
      const death: Death = { of, when, call, nth, about: [whom, ...(about === undefined ? [] : [about])] };
      return { channel, title: `${when} ${what}`, who, death };
    }),
  ),
);

/** What became of each life: the number of messages, and the states of the first one. */
const became = new Map<Life, readonly [messages: number, before: string | undefined, after: string | undefined]>();

/** The customer's enrollment in the journey, and those in the journey that an answer starts. */
async function enrollments({ channel, who }: Life) {
  const all = await run.stack.enrollments(who.customerId);
  const isWalk = ({ journeyId }: Enrollment) => journeyId === `dies-${channel}`;
  return { walks: all.filter(isWalk), others: all.filter((each) => !isWalk(each)) };
}
const is = (life: Life, what: string, look: (enrollment: Enrollment) => unknown) =>
  until(`${life.title}: ${what}`, async () => (await enrollments(life)).walks.find(look), {
    seconds: 100,
    instead: () => enrollments(life),
  });
const waitsIn = (component: string) => (enrollment: Enrollment) =>
  enrollment.position.componentId === component && enrollment.position.waiting?.token !== undefined;

async function live(life: Life): Promise<void> {
  const { channel, who, death } = life;
  const { report, delivered } = channels[channel];
  deaths.arm(death);
  await go(`dies-${channel}`, who);
  const before = await is(life, "to wait for the report", waitsIn("r"));
  const sent = await sentTo(channel, who);
  for (const message of sent) await report(run.engine, message, delivered);
  const [, , expected = "sent"] = states[channel][life.title] ?? [];
  if (expected === "sent") {
    await is(life, "to wait for the reply", waitsIn("a"));
    await says(channel, {
      from: who.phone,
      text: "STOP",
      id: `stop-${who.phone}`,
      ...(sent[0] && { answers: sent[0] }),
    });
  } else await run.stack.publish("leave", { customerId: who.customerId });
  const after = await is(life, "to end", ({ status }) => status !== "active");
  if (expected === "sent")
    await until(`${life.title}: the journey that hears`, async () => (await enrollments(life)).others.length > 0);
  await until(`the death of ${death.of} ${life.title}`, async () => !deaths.armed.has(death));
  became.set(life, [(await sentTo(channel, who)).length, before.messages[0]?.state, after.messages[0]?.state]);
}

/** Lives beside each other. Those of message-status have a lane of their own, because it gets many reports at once. */
const lanes = channelNames.flatMap((channel) => {
  const of = lives.filter((life) => life.channel === channel);
  const advance = of.filter(({ death }) => death.of === "Advance");
  const half = Math.ceil(advance.length / 2);
  return [advance.slice(0, half), advance.slice(half), of.filter(({ death }) => death.of === "MessageStatus")];
});

export function describeDying(): void {
  describe.runIf(linux)("a function that dies", () => {
    beforeAll(async () => {
      // The reports in the batch of the dead function come again after this time.
      const QueueUrl = run.stack.output("StatusesQueueUrl");
      await run.stack.queues.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: "3" } }));
      await Promise.all(
        lanes.map(async (lane) => {
          for (const life of lane) await live(life);
        }),
      );
    }, 240_000);

    test.each(lives)("$channel, $title: one message at most, and the customer goes on", async (life) => {
      const { channel, title, who } = life;
      const [messages, before, after] = states[channel][title] ?? [1, "sent", "sent"];
      expect(became.get(life)).toEqual([messages, before, after]);
      const { walks, others } = await enrollments(life);
      const answered = after === "sent";
      expect(others.map(({ journeyId }) => journeyId)).toEqual(answered ? [`hears-${channel}`] : []);
      expect(walks.map(({ status }) => status)).toEqual([answered ? "completed" : "exited"]);
      const reasons = walks.flatMap(({ messages }) => messages.map(({ state, reason }) => reason ?? state));
      expect(reasons).toEqual(answered ? ["sent", "channel-unsubscribed"] : ["unknown"]);
      const profile = await run.stack.get("CustomersTableName", { customerId: who.customerId, sk: "profile" });
      const { unsubscribedChannels } = (profile?.attributes ?? {}) as { unsubscribedChannels?: string[] };
      expect(unsubscribedChannels).toEqual(answered ? [channel] : undefined);
    });

    test.each(channelNames)("%s: afterwards the counters say what the logs say", async (channel) => {
      expect([...deaths.armed.keys()]).toEqual([]);
      const { exitCode, out, err } = await run.journeys("recount", `dies-${channel}`);
      expect([exitCode, exitCode === 0 ? "" : out + err]).toEqual([0, ""]);
    });
  });
}
