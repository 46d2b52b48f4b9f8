/** A burst of each channel, while the service throttles: every message goes out once, and none before its turn. */
import { expect, test } from "vitest";
import { ThrottledError } from "../../../lambdas/app/errors.ts";
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

test.each(["email", "sms", "whatsapp"] as const)("%s", async (channel) => {
  const accepted: string[] = [];
  let calls = 0;
  const world = new World({
    send: async (_, { customerId }) => {
      if (calls++ < THROTTLES) throw new ThrottledError("slow down");
      accepted.push(`${customerId} ${world.clock.now()}`);
      return { sent: true };
    },
  });
  world.put({ id: "hello", channel, class: "marketing", ...contents[channel] });
  await world.publish(journey({ components: { greet: { type: "sendTemplate", template: "hello" } } }));
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
