/** A schedule without faults, and what the laws say of it when a test breaks the system on purpose. */
import { lifeOf, type Schedule } from "./schedules.ts";
import { FaultWorld } from "./world.ts";

export const quiet: Schedule = {
  scenario: {
    journeys: [
      {
        id: "j",
        name: "J",
        status: "active",
        trigger: { event: "a", entry: "once" },
        exit: [{ id: "out", event: "b" }],
        goals: [{ id: "sale", event: "b" }],
        start: "mail",
        components: {
          mail: { type: "sendTemplate", template: "t", next: "rest" },
          rest: { type: "wait", for: "P10D", next: "more" },
          more: { type: "sendTemplate", template: "t" },
        },
      },
    ],
    templates: [{ id: "t", channel: "email", class: "marketing", subject: "x", text: "x" }],
    customers: [{ customerId: "p", email: "p@mail.example" }],
    events: [
      { at: "2026-03-25T00:00:00Z", event: "a", id: "1", customerId: "p" },
      { at: "2026-03-25T01:00:00Z", event: "b", id: "2", customerId: "p" },
    ],
  },
  faults: [],
  interleaving: 0,
  reports: [[["delivered", 1]]],
  unsubscribes: [],
};

export async function broken(spoil: (world: FaultWorld) => void, schedule = quiet): Promise<string> {
  const world = new FaultWorld(lifeOf(schedule));
  spoil(world);
  await world.live();
  return world.ledger.violations.join("\n");
}
