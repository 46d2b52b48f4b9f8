/** Messages from customers, over a world: its queue of events delivers what the use case puts there. */
import { matchEvent } from "../../../lambdas/app/entry/match-event.ts";
import { type InboundMessage, receiveMessage } from "../../../lambdas/app/messages/receive-message.ts";
import type { EventQueue, Ports } from "../../../lambdas/app/ports.ts";
import { parseEvent } from "../../../lambdas/domain/events/event.ts";
import { journey, on } from "../../behaviour/scenario-of.ts";
import { watch } from "../calls.ts";
import { type Crash, CrashError, crashing } from "../crashes.ts";
import { World } from "../world.ts";

export const NUMBER = "+491713920001";

/** The time is written as "01-05 10:00". */
export type Said = Partial<Omit<InboundMessage, "time">> & { readonly at: string };

export const inboundOf = ({ at, ...said }: Said): InboundMessage => ({
  channel: "sms",
  id: `inbound-${at}`,
  from: NUMBER,
  text: "Yes",
  time: on(at),
  ...said,
});

/** The deliveries are also collected in `deliveries`. */
export function eventsOf(world: World, deliveries: string[] = []): EventQueue {
  return {
    put: async (delivery) => {
      deliveries.push(delivery);
      world.clock.follow(async () => {
        const parsed = parseEvent(JSON.parse(delivery), { now: world.clock.now() });
        if (!("event" in parsed)) throw new Error(JSON.stringify(parsed.problems));
        await matchEvent(parsed.event, world.ports);
      });
    },
  };
}

const withKey = ({ addressKey = "", ...ports }: Ports) => ({ ...ports, addressKey });

export function says(world: World, said: Said, deliveries?: string[], ports: Ports = world.ports) {
  return receiveMessage(inboundOf(said), { ...withKey(ports), events: eventsOf(world, deliveries) });
}

/** The queue delivers the message again when the call crashes. */
export async function saysWithCrash(world: World, said: Said, crash: Crash) {
  const ports = {
    ...withKey(crashing(world.ports, crash)),
    events: watch("events", eventsOf(world), (call, make) => crash.around(call, make)),
  };
  for (;;)
    try {
      return await receiveMessage(inboundOf(said), ports);
    } catch (error) {
      if (!(error instanceof CrashError)) throw error;
    }
}

export const answer: Said = { at: "01-05 10:30" };
export const stop: Said = { at: "01-05 10:30", text: "Stop!" };

/** Two texts, a day apart; in between the customer may answer. An answer starts a second journey. */
const reminders = journey({
  components: {
    first: { type: "sendTemplate", template: "hello", next: "answered" },
    answered: {
      type: "messageStatusRule",
      message: "first",
      status: "replied",
      within: "P1D",
      met: "thank",
      notMet: "second",
    },
    thank: { type: "addTag", tags: ["answered"], next: "second" },
    second: { type: "sendTemplate", template: "hello" },
  },
});
const conversation = journey({
  id: "answers",
  trigger: {
    event: "message.received",
    where: { field: "event.channel", operator: "equals", value: "sms" },
    entry: "always",
  },
  components: { note: { type: "updateCustomer", set: { said: { path: "event.text" } } } },
  start: "note",
});

export async function reminded() {
  const world = new World();
  world.put({ id: "hello", channel: "sms", class: "marketing", text: "Hi" });
  await world.publish(reminders);
  await world.publish(conversation);
  await world.enter({ changes: { phone: NUMBER } });
  await world.run("01-05 10:30");
  return world;
}

/** Everything that a message may change. */
export async function result(world: World) {
  const { attributes, tags } = await world.store.customer("c-1");
  const enrollments = await world.store.enrollments("c-1");
  return {
    ...{ attributes, tags },
    journeys: enrollments.map(({ journeyId, status, steps, messages }) => [
      journeyId,
      status,
      steps.map(({ outcome }) => outcome),
      messages.map(({ state, reason, statuses }) => [reason ?? state, statuses.replied]),
    ]),
    reasons: world.reasons(),
    texts: world.sent.length,
  };
}
