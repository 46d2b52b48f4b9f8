/**
 * Random passages, captured: each test passes, and nothing of the customer is left in it. 1,000 are captured by
 * `npm run faults`, and a few by `npm test`. A passage may be refused, because the other random journey or an edit has
 * changed what the stack stores.
 */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { capture } from "../../../proof/capture/capture.ts";
import type { Scenario } from "../../../simulator/scenario.ts";
import { randomScenario } from "../../properties/scenarios.ts";
import { firstOf, ofASample, whole } from "../../sample.ts";
import { passages, whatIsWrong } from "./passages.ts";

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);
const CAPTURED = whole ? 50 : 2;

test.each(firstOf(SEEDS, 1))("random passages of seed %i", ofASample, async (seed) => {
  const [wrong, counted] = [[] as unknown[], { captured: 0, refused: 0 }];
  for (const scenario of fc.sample(randomScenario, { seed, numRuns: 4 * CAPTURED })) {
    if (counted.captured >= CAPTURED) break;
    for (const source of await passages(once(scenario))) {
      const captured = await capture(source);
      if ("refused" in captured) {
        counted.refused++;
        continue;
      }
      counted.captured++;
      const found = await whatIsWrong(source, captured);
      if (found.length > 0) wrong.push({ customer: source.enrollment.customerId, scenario, found });
      break;
    }
  }
  expect(wrong).toEqual([]);
  expect(counted.captured).toBe(CAPTURED);
  expect(counted.refused).toBeLessThan(counted.captured);
});

/** The stack stores an event once, so the random second deliveries under one id are left out. */
function once(scenario: Scenario): Scenario {
  const events = new Map((scenario.events ?? []).map((event) => [`${event.event} ${event.id}`, event]));
  return { ...scenario, events: [...events.values()] };
}
