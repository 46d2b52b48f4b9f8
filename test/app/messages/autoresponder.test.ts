/** A machine that answers every text message at once: a journey that answers it back must not go on for ever. */
import { expect, test } from "vitest";
import { journey } from "../../behaviour/scenario-of.ts";
import { World } from "../world.ts";
import { NUMBER, says } from "./inbound.ts";

const answering = journey({
  id: "answering",
  trigger: { event: "message.received", entry: "always" },
  components: { thank: { type: "sendTemplate", template: "thanks" } },
  start: "thank",
});

async function talking() {
  const world = new World();
  world.put({ id: "thanks", channel: "sms", class: "transactional", text: "Thanks" });
  await world.publish(answering);
  world.happens("signed.up", { id: "n", changes: { phone: NUMBER } });
  await world.run("01-05 10:00");
  return world;
}

const clockAt = (minute: number) =>
  `01-05 ${String(10 + Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

test.each<[string, (minute: number) => string]>([
  ["at once", clockAt],
  // The messages that are sent meanwhile are newer, so no message is known that the late ones answer.
  ["late, with an early time", () => clockAt(0)],
])(
  "an answering machine that writes %s and a journey send each other no more than 20 messages a day",
  async (_, saidAt) => {
    const world = await talking();
    for (let minute = 1; minute <= 60; minute++) {
      const at = clockAt(minute);
      const before = world.sent.length;
      await world.run(at);
      await says(world, { at: saidAt(minute), id: `inbound-${minute}`, text: "I am out of office." });
      await world.run(at);
      if (world.sent.length === before) break;
    }
    expect(world.sent.length).toBe(20);
  },
);
