/** The model of `npm run bench -- scale` against the code: the keys that are written, and what the model says of them. */
import { describe, expect, test } from "vitest";
import { recheck, stop, turns, wake } from "../../bench/scale/crowds.ts";
import { burst, busiest, hotKeys, journeysLive, secondsOf, steady } from "../../bench/scale/model.ts";
import { everywhere, quotas } from "../../bench/scale/quotas.ts";
import { perEnrollment, scenarios, share } from "../../bench/scale.ts";
import { writesOf } from "../../lambdas/adapters/dynamodb/writes.ts";
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";
import { deterministicId } from "../../lambdas/domain/values/hash.ts";
import { enrolled } from "../domain/enrolled.ts";

const each = await perEnrollment(20);

/** How often each key was written, for one change of 20,000 enrollments in one journey. */
function written(
  changeOf: (enrollment: Enrollment) => Parameters<typeof writesOf>[0],
  keyOf: (write: unknown) => string,
) {
  const settings = { customers: "customers", counters: "counters", eventRetentionDays: 400, now: () => "" };
  const keys = new Map<string, number>();
  for (let index = 0; index < 20_000; index++)
    for (const write of writesOf(changeOf(enrolled({ enrollmentId: deterministicId(`e-${index}`) })), settings)) {
      const key = keyOf(write);
      keys.set(key, (keys.get(key) ?? 0) + 1 / 20_000);
    }
  return keys;
}

describe("the model has the keys of the code", () => {
  test.each([
    [
      "counter items",
      16,
      written(
        ({ enrollmentId: shardKey }) => [
          { kind: "counts", journeyId: "j", counts: { entered: 1 }, shardKey, singleItem: true },
        ],
        (write) => JSON.stringify((write as { Update: { Key: object } }).Update.Key),
      ),
    ],
    [
      "partitions of the index `active`",
      8,
      written(
        (enrollment) => [{ kind: "enrollment", enrollment }],
        (write) => String((write as { Put: { Item: { active: string } } }).Put.Item.active),
      ),
    ],
  ])("%s", (_, shards, keys) => {
    expect(keys.size).toBe(shards);
    expect(Math.max(...keys.values())).toBeCloseTo(busiest(shards), 2);
  });

  test("and the busiest key of each takes less than its partition does, at the rate at which AWS starts executions", () => {
    for (const demand of hotKeys(quotas.large.starts.perSecond, each))
      expect(share(demand), demand.limit).toBeLessThan(1);
  });
});

describe("the answers", () => {
  const first = (region: "large" | "other") =>
    scenarios(each, region).map(([name, demands]) => [name, demands.toSorted((a, b) => share(b) - share(a))[0]?.limit]);

  test.each(["large", "other"] as const)("the limit that is met first: %s", (region) => {
    expect(Object.fromEntries(first(region))).toMatchObject({
      "1,000,000 enrollments a day, 5 days each": "open executions",
      "100,000 events in one minute":
        region === "large"
          ? "trigger-matcher: seconds until all are handled"
          : "StartExecution: seconds until all have started",
      "10,000 journeys, 100 processes": "read units of the partition of live journeys a second",
      "1,000,000 customers wake in one second": "seconds until the last one has woken, by transitions",
    });
  });

  test("a bucket gives its burst at once, and the rest at its rate", () => {
    expect(secondsOf(1_300, quotas.large.starts)).toBe(0);
    expect(secondsOf(1_600, quotas.large.starts)).toBe(1);
  });

  test("a million customers who wake at once wait up to 10 minutes in a large region, and an hour elsewhere", () => {
    const [large, other] = (["large", "other"] as const).map(
      (region) => wake(1_000_000, region, everywhere.concurrency)[0],
    );
    expect([large?.needs, other?.needs]).toEqual([599, 3749]);
  });

  test.each([
    [500, true],
    [1_000, true],
    [1_001, false],
  ])("one send-rate item is enough for %d emails a second: %j", (emails, isEnough) =>
    expect(turns(emails).every((demand) => share(demand) <= 1)).toBe(isEnough),
  );

  test("more days, events, journeys or customers need more", () => {
    const needs = (demands: readonly { readonly needs: number }[]) => demands[0]?.needs ?? 0;
    expect(needs(steady(1000, 5, each, "large"))).toBeGreaterThan(needs(steady(1000, 4, each, "large")));
    expect(needs(burst(9000, 60, each, "large"))).toBeGreaterThan(needs(burst(8000, 60, each, "large")));
    expect(needs(journeysLive(9000, 10))).toBeGreaterThan(needs(journeysLive(8000, 10)));
    expect(needs(stop(9000, "large"))).toBeGreaterThan(needs(stop(8000, "large")));
    expect(needs(recheck(9000))).toBeGreaterThan(needs(recheck(8000)));
  });
});
