/** Random journeys with a crash at a random call: no customer is stuck, no marketing is sent twice, all counts are right. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { plus } from "../../lambdas/domain/time/time.ts";
import { Crash } from "../app/crashes.ts";
import { miscounted } from "../app/harm.ts";
import { START, World } from "../app/world.ts";
import { hello, receipt } from "../behaviour/scenario-of.ts";
import { eventNames, templateIds, validJourney } from "./journeys.ts";

const happenings = fc.array(
  fc.record({
    name: fc.constantFrom(...eventNames, "customer.updated"),
    after: fc.integer({ min: 0, max: 10 * 24 }),
    data: fc.record({ n: fc.integer({ min: 0, max: 3 }), k: fc.constantFrom("k1", "k2") }),
    plan: fc.constantFrom(1, 2, "1"),
  }),
  { minLength: 1, maxLength: 8 },
);
const crashes = fc.tuple(fc.integer({ min: 1, max: 120 }), fc.constantFrom("before" as const, "after" as const));

test("a crash at any call in any journey", async () => {
  let crashed = 0;
  await fc.assert(
    fc.asyncProperty(validJourney("j"), happenings, crashes, async (journey, happenings, [nth, side]) => {
      const crash = new Crash(nth, side);
      const world = new World({ crash });
      for (const [index, id] of templateIds.entries()) world.put({ ...(index === 0 ? hello : receipt), id });
      await world.adopt(journey);
      for (const { name, after, data, plan } of happenings.toSorted((a, b) => a.after - b.after)) {
        const time = plus(START, `PT${after}H`);
        await world.clock.run(time);
        world.happens(name, { time, data, changes: { plan, email: "ann@shop.example" } });
      }
      await world.run("03-05 10:00");
      if (crash.at !== undefined) crashed++;
      for (const { customerId, status, reason, position } of await world.store.enrollments("c-1")) {
        if (status === "failed") expect(reason).toBe("endless-loop");
        const until = position.waiting?.until ?? "";
        if (status === "active")
          expect(until > world.clock.now(), `${customerId} is stuck in ${position.componentId}`).toBe(true);
      }
      expect(miscounted(world.counted(), world.recount())).toEqual([]);
      const marketing = world.sent.filter(({ message }) => message.class === "marketing");
      expect(
        [...Map.groupBy(marketing, ({ claim }) => claim.messageId)].filter(([, sent]) => sent.length > 1),
        "a marketing message was sent twice",
      ).toEqual([]);
    }),
    { numRuns: 150 },
  );
  expect(crashed).toBeGreaterThan(15);
});
