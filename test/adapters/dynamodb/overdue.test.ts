/** How much one run of the reconciler reads, and how many queries run at the same time. */
import { expect, test } from "vitest";
import { dynamodb } from "../../../lambdas/adapters/dynamodb/client.ts";
import { overdueIn, type Shard } from "../../../lambdas/adapters/dynamodb/customers/overdue.ts";
import { recorded } from "../../commands/deployed/recorded.ts";

const NOW = "2026-01-05T11:00:00.000Z";
const shards = (count: number): Shard[] =>
  Array.from({ length: count }, (_, number) => ({ name: `j#${number}`, isHeld: false }));
const items = (count: number) =>
  Array.from({ length: count }, (_, number) => ({ customerId: `c-${number}`, sk: `enrollment#e-${number}` }));

test("the queries of 32 shards run at the same time, because one after the other would take longer than a run", async () => {
  const calls = recorded(dynamodb, { QueryCommand: Array.from({ length: 40 }, () => ({ Items: items(1) })) });
  const found = overdueIn("customers", shards(40), NOW);
  expect((await found.next()).value).toEqual({ customerId: "c-0", enrollmentId: "e-0" });
  expect(calls).toHaveLength(32);
  expect(await Array.fromAsync(found)).toHaveLength(39);
  expect(calls).toHaveLength(40);
});

test("at most 250 enrollments of a shard are read in one run, however many pages it has", async () => {
  const page = { Items: items(100), LastEvaluatedKey: { customerId: "c", sk: "s" } };
  const calls = recorded(dynamodb, { QueryCommand: [page, page, page, page, { Items: [] }] });
  expect(await Array.fromAsync(overdueIn("customers", shards(1), NOW))).toHaveLength(250);
  expect(calls.map(({ input }) => input.Limit)).toEqual([250, 250, 250]);
});
