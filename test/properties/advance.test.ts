/** `advance` is pure: it changes no argument, gives equal answers for equal arguments and throws for no facts. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { unknownCustomer } from "../../lambdas/domain/customer/customer.ts";
import type { Position } from "../../lambdas/domain/enrollment/enrollment.ts";
import type { JsonObject } from "../../lambdas/domain/values/json.ts";
import { advance } from "../../lambdas/domain/walk/advance.ts";
import type { JourneyFacts } from "../../lambdas/domain/walk/journey-facts.ts";
import { validJourney } from "./journeys.ts";
import { runs } from "./runs.ts";

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) frozen(member);
  }
  return value;
}

const anything = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<never>;
const facts: fc.Arbitrary<JourneyFacts> = fc.record({
  customer: fc
    .dictionary(fc.constantFrom("plan", "n", "due", "timezone", "email"), anything)
    .map((attributes) => ({ ...unknownCustomer("p"), attributes: attributes as JsonObject })),
  event: fc.dictionary(fc.string(), anything) as fc.Arbitrary<JsonObject>,
  messages: fc.constant({}),
  again: fc.boolean(),
});

test("two calls with the same arguments give equal results", () =>
  fc.assert(
    fc.property(validJourney("j"), facts, fc.nat(), (journey, known, pick) => {
      const ids = Object.keys(journey.components);
      const componentId = ids[pick % ids.length] ?? "c-0";
      const position: Position = { componentId, visit: 0, since: "2026-01-01T00:00:00.000Z" };
      const now = "2026-03-29T00:30:00.000Z";
      const first = advance(frozen(journey), frozen(position), frozen(known), now);
      expect(advance(journey, position, known, now)).toEqual(first);
      if (first.next.kind === "wait") expect(first.next.until > now).toBe(true);
    }),
    runs(50),
  ));
