/** Messages of customers in an archive: a replay has the effects of these messages, and nobody reads what a customer wrote. */
import { describe, expect, test } from "vitest";
import type { CustomerEvent } from "../../../lambdas/domain/events/event.ts";
import { archivedCustomer } from "../../../proof/replay/archived-customer.ts";
import { Replayer } from "../../../proof/replay/replayer.ts";
import { journey } from "../../behaviour/scenario-of.ts";

const [from, until] = ["2026-01-01T00:00:00.000Z", "2026-01-31T00:00:00.000Z"];

/** As the stack stores the event: the system has queued it, under an id that no app may use. */
const answer = (text: string, word: string, more: Partial<CustomerEvent> = {}): CustomerEvent => ({
  ...{ id: `customer-journeys:${word}`, name: "message.received", customerId: "c-1", deliveryId: word },
  ...{ time: "2026-01-05T10:00:00.000Z", hops: 0, system: true, data: { channel: "sms", text, word } },
  ...more,
});
const emitted = answer("", "noted", { name: "noted", data: {} });
const archived = (attributes: boolean, ...events: readonly CustomerEvent[]) =>
  archivedCustomer({ customerId: "c-1", enrollments: [], events }, { from, until, attributes });

describe("an archive", () => {
  test.each<[string, boolean, CustomerEvent, object]>([
    [
      "with attributes has the text",
      true,
      answer("My name is Ada", "mynameisada"),
      { text: "My name is Ada", word: "mynameisada" },
    ],
    ["without attributes has neither text nor word", false, answer("My name is Ada", "mynameisada"), {}],
    ["without attributes has a STOP word", false, answer("Stop!", "stop"), { text: "Stop!", word: "stop" }],
  ])("%s", (_, attributes, event, data) => {
    expect(archived(attributes, event, emitted)?.events).toEqual([
      { at: event.time, event: "message.received", id: event.id, data: { channel: "sms", ...data } },
    ]);
  });
});

test("a replay lets the customer enter by the answer, in the enrollment that the stack made", async () => {
  const listening = journey({
    trigger: { event: "message.received" },
    components: { tag: { type: "addTag", tags: ["t"] } },
  });
  const made = await Replayer.of({ journeys: [listening] }, { from, until, statuses: "none", rates: {} });
  if ("problems" in made) throw new Error(JSON.stringify(made.problems));
  const customer = archived(true, answer("Yes", "yes"));
  if (!customer) throw new Error("The customer is not in the archive.");
  const { lines, rejected, store } = await made.replay(customer);
  expect([lines.map(({ kind }) => kind), rejected]).toEqual([["entered", "component", "completed"], []]);
  const [enrollment] = await store.enrollments("c-1");
  expect(enrollment?.trigger.eventId).toBe("customer-journeys:yes");
});
