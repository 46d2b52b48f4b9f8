/** Random scenarios over random journeys: some customers, events in any order and repeated, statuses, an edit. */
import * as fc from "fast-check";
import type { Scenario } from "../../simulator/scenario.ts";
import { eventNames, randomLimits, templateIds, validJourney } from "./journeys.ts";

const START = Date.UTC(2026, 2, 25);
const moment = fc
  .integer({ min: 0, max: 20 * 1440 })
  .map((minutes) => new Date(START + minutes * 60_000).toISOString());
/** Longer than any customer waits after the last event, except in a loop. */
export const UNTIL = new Date(START + 30 * 86_400_000).toISOString();
const customerId = fc.constantFrom("p", "q");

export const event = fc.record(
  {
    at: moment,
    event: fc.oneof(
      { weight: 30, arbitrary: fc.constantFrom(...eventNames) },
      { weight: 4, arbitrary: fc.constant("customer.updated") },
      { weight: 1, arbitrary: fc.constant("customer.deleted") },
    ),
    id: fc.integer({ min: 0, max: 30 }).map((n) => `e${n}`),
    customerId,
    time: moment,
    data: fc.record(
      { n: fc.integer({ min: 0, max: 3 }), k: fc.constantFrom("k1", "k2"), due: moment },
      { requiredKeys: ["n"] },
    ),
    customer: fc.record(
      {
        plan: fc.constantFrom(1, 2, "1", null),
        due: fc.option(moment),
        n: fc.integer({ min: 0, max: 3 }),
        tags: fc.subarray(["x", "y"]),
        topics: fc.record({ news: fc.constantFrom(true, true, true, false, null) }),
        email: fc.constantFrom("other@mail.example", "other@mail.example", "third@mail.example", null),
        unsubscribed: fc.constantFrom(true, false, false, false),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ["at", "event", "id", "customerId"] },
);

export const status = fc.record({
  at: moment,
  customerId,
  message: fc.constantFrom("c-0", "c-1", "c-2"),
  status: fc.constantFrom("delivered" as const, "read" as const, "bounced" as const, "failed" as const),
});

export const randomScenario: fc.Arbitrary<Scenario> = fc
  .record({
    first: validJourney("first"),
    second: validJourney("second"),
    edited: fc.option(
      fc.tuple(
        moment,
        validJourney("first"),
        fc.constantFrom("active" as const, "paused" as const, "stopped" as const, "draft" as const),
      ),
      { nil: undefined },
    ),
    events: fc.array(event, { minLength: 1, maxLength: 12 }),
    statuses: fc.array(status, { maxLength: 4 }),
    limits: fc.option(randomLimits, { nil: undefined }),
  })
  .map(({ first, second, edited, events, statuses, limits }) => ({
    ...(limits && { limits }),
    journeys: [first, second] as unknown as Record<string, unknown>[],
    templates: templateIds.map((id, n) => ({
      id,
      channel: "email",
      class: n ? "transactional" : "marketing",
      ...(!n && { topic: "news" }),
      subject: "{{ event.n }}",
      text: "x",
    })),
    customers: [
      { customerId: "p", email: "p@mail.example" },
      { customerId: "q", email: "q@mail.example" },
    ],
    events,
    statuses,
    ...(edited && {
      edits: [{ at: edited[0], journey: { ...edited[1], status: edited[2] } as Record<string, unknown> }],
    }),
    until: UNTIL,
  }));
