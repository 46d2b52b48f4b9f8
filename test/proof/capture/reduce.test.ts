/** How many simulations a capture takes. */
import { expect, test } from "vitest";
import type { Recorded } from "../../../proof/capture/recorded-scenario.ts";
import { reduced } from "../../../proof/capture/reduce.ts";

const START = "2026-01-01T09:00:00Z";

test("of 4,000 attributes, the two that matter are found in a hundred simulations", async () => {
  const attributes = Object.fromEntries(Array.from({ length: 4_000 }, (_, number) => [`a${number}`, number]));
  const scenario: Recorded = {
    journeys: [],
    templates: [],
    customers: [{ customerId: "c", ...attributes }],
    events: ["first", "second", "third"].map((id) => ({ at: START, event: "go", id, customerId: "c" })),
    statuses: [],
    splits: [],
    edits: [],
    entries: [],
    segments: [],
    until: START,
  };
  let simulations = 0;
  const small = await reduced(scenario, async ({ customers: [customer], events }) => {
    simulations++;
    return customer?.a17 === 17 && customer.a3999 === 3999 && events.some(({ id }) => id === "second");
  });
  expect(small.customers).toEqual([{ customerId: "c", a17: 17, a3999: 3999 }]);
  expect(small.events).toEqual([expect.objectContaining({ id: "second" })]);
  expect(simulations).toBeLessThan(100);
});
