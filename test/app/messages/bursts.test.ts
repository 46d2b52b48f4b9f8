/** Bursts of each channel: every message goes out once, and none before its turn, also while the service throttles. */
import { expect, test } from "vitest";
import { ThrottledError } from "../../../lambdas/app/errors.ts";
import type { Mail } from "../../../lambdas/app/sending-ports.ts";
import { memorySendRate } from "../../../simulator/sending/memory-send-rate.ts";
import { journey, on } from "../../behaviour/scenario-of.ts";
import { World } from "../world.ts";

const contents = {
  email: { subject: "Hello", text: "Hello" },
  sms: { text: "Hello" },
  whatsapp: { whatsapp: { template: "welcome" } },
};
const PEOPLE = ["a", "b", "c", "d", "e"];
const THROTTLES = 3;

async function greeting(channel: keyof typeof contents, send?: Mail["send"]): Promise<World> {
  const world = new World(send && { send });
  world.put({ id: "hello", channel, class: "marketing", ...contents[channel] });
  await world.publish(journey({ components: { greet: { type: "sendTemplate", template: "hello" } } }));
  return world;
}

test.each(["sms", "whatsapp"] as const)(
  "a burst goes out at the rate of %s, and takes no turn of the mails",
  async (channel) => {
    const world = await greeting(channel);
    await world.run("01-05 10:00");
    const sendRate = memorySendRate({ [channel]: 1 / 60, email: 1 / 3600 }, world.clock);
    Object.assign(world.ports, { sendRate });
    for (const customerId of PEOPLE)
      world.happens("start", { id: customerId, customerId, changes: { phone: "+491701234567" } });
    await world.run("01-05 11:00");
    const times = [];
    for (const customerId of PEOPLE) times.push((await world.only(customerId)).messages[0]?.claimedAt);
    expect(times).toEqual([0, 1, 2, 3, 4].map((minute) => on(`01-05 10:0${minute}`)));
    expect(await sendRate.turn("email")).toBe(on("01-05 11:00"));
  },
);

test.each(["email", "sms", "whatsapp"] as const)("a burst by %s while the service throttles", async (channel) => {
  const accepted: string[] = [];
  let calls = 0;
  const world = await greeting(channel, async (_, { customerId }) => {
    if (calls++ < THROTTLES) throw new ThrottledError("slow down");
    accepted.push(`${customerId} ${world.clock.now()}`);
    return { sent: true };
  });
  Object.assign(world.ports, { sendRate: memorySendRate({ [channel]: 1 / 60 }, world.clock) });
  for (const [index, customerId] of PEOPLE.entries()) {
    const changes = { email: `${customerId}@shop.example`, phone: `+49171392000${index}` };
    world.happens("start", { id: customerId, customerId, changes });
  }
  await world.run("01-05 11:00");
  // The turn of the first was free, so that its retry asks for another. The second waited for its turn, and keeps it.
  expect(accepted).toEqual([
    `b ${on("01-05 10:01:04")}`,
    `c ${on("01-05 10:02")}`,
    `d ${on("01-05 10:03")}`,
    `e ${on("01-05 10:04")}`,
    `a ${on("01-05 10:05")}`,
  ]);
  for (const customerId of PEOPLE) {
    const { status, messages } = await world.only(customerId);
    expect([status, messages.map(({ state }) => state)]).toEqual(["completed", ["sent"]]);
  }
  expect(world.counted()).toEqual(world.recount());
});
