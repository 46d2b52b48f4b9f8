/**
 * Long journeys within the limits of DynamoDB: at most 100 items in one transaction, and at most 4 KB in one expression.
 * The counts stay exact when a call crashes between two transactions.
 */
import { describe, expect, test } from "vitest";
import { writesOf } from "../../../lambdas/adapters/dynamodb/writes.ts";
import { deleteCustomer } from "../../../lambdas/app/exits/delete-customer.ts";
import type { Change } from "../../../lambdas/app/store.ts";
import { advanceEnrollment } from "../../../lambdas/app/walk/advance-enrollment.ts";
import { journey } from "../../behaviour/scenario-of.ts";
import { ofASample, whole } from "../../sample.ts";
import { Crash, CrashError, crashing } from "../crashes.ts";
import { START, World } from "../world.ts";

const settings = { customers: "c", counters: "n", eventRetentionDays: 1, now: () => START };

/** Every commit must be one that DynamoDB takes. */
function limited(world: World): World {
  const { commit } = world.store;
  world.store.commit = async (changes: readonly Change[]) => {
    const writes = writesOf(changes, settings);
    expect(writes.length).toBeLessThanOrEqual(100);
    for (const { Update } of writes) expect(Update?.UpdateExpression?.length ?? 0).toBeLessThanOrEqual(4096);
    const keys = writes.map((write) => {
      const { TableName, Key, Item } = {
        ...write.Update,
        ...write.Put,
        ...write.Delete,
        ...write.ConditionCheck,
      } as Record<string, unknown>;
      const { customerId, sk, journey, scope } = (Key ?? Item) as Record<string, unknown>;
      return [TableName, customerId, sk, journey, scope].join();
    });
    expect(new Set(keys).size).toBe(keys.length);
    return commit.call(world.store, changes);
  };
  return world;
}

const chain = (count: number, component: (id: string) => object, last: object) =>
  journey({
    components: Object.fromEntries(
      Array.from({ length: count }, (_, n) => {
        const id = `component-${n}`;
        return [id, n === count - 1 ? last : { ...component(id), next: `component-${n + 1}` }];
      }),
    ),
  });

const skipped = () => ({ type: "sendTemplate", template: "receipt" });
const tags = (id: string) => ({ type: "addTag", tags: [id] });
const stay = { type: "wait", for: "P10D" };

describe("a walk", () => {
  test.each([
    ["60 skipped messages", skipped],
    ["60 tags", tags],
  ])("through %s in a row is stored in transactions that DynamoDB takes", async (_, component) => {
    const world = limited(new World({ still: true }));
    await world.publish(chain(61, component, stay));
    const ref = await world.enter({ changes: {} });
    for (let calls = 0; calls < 5; calls++) {
      const { next } = await advanceEnrollment(ref, world.ports);
      if (next !== "continue") break;
    }
    expect((await world.only()).steps).toHaveLength(61);
    expect(world.counted()).toEqual(world.recount());
  });
});

describe("an erasure of a customer behind 129 components", () => {
  const document = chain(130, (id) => (id.endsWith("0") ? skipped() : tags(id)), stay);
  const walked = async (world: World) => {
    await world.publish(document);
    const ref = await world.enter({ changes: {} });
    while ((await advanceEnrollment(ref, world.ports)).next === "continue");
  };

  test("removes the enrollment, and counts it exactly once", async () => {
    const world = limited(new World({ still: true }));
    await walked(world);
    await deleteCustomer("c-1", START, world.ports);
    expect(await world.store.enrollments("c-1")).toEqual([]);
    expect(world.counted()).toEqual({});
    expect(world.store.counts.get("j")).toMatchObject({ entered: 1, "erased.entered": 1 });
  });

  test("does so after a crash before or after any of its calls", ofASample, async () => {
    for (const side of ["before", "after"] as const)
      for (let nth = 1; ; nth += whole ? 1 : 5) {
        const world = new World({ still: true });
        await walked(world);
        const crash = new Crash(nth, side);
        const erase = () => deleteCustomer("c-1", START, crashing(world.ports, crash));
        await erase().catch((error: unknown) => {
          if (!(error instanceof CrashError)) throw error;
          return erase();
        });
        expect(await world.store.enrollments("c-1")).toEqual([]);
        expect(world.counted(), `${side} ${nth}`).toEqual({});
        if (crash.at === undefined) break;
      }
  });
});
