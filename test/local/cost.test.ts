/**
 * Compares the meter with the requests of the real adapter: the same scenario runs once over ports in memory and once with
 * the DynamoDB adapter beside them, and every request and unit must be equal. `test/deployed/cost.test.ts` compares with
 * a deployed stack. These tests run only where `npm run local` has installed the emulator.
 */
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { workload } from "../../bench/reference/workload.ts";
import { measure } from "../../insight/cost/measure.ts";
import { asOnAws } from "../../insight/cost/metered-store.ts";
import { customerItem } from "../../lambdas/adapters/dynamodb/customer-items.ts";
import type { Ports } from "../../lambdas/app/ports.ts";
import type { Store } from "../../lambdas/app/store.ts";
import { unknownCustomer } from "../../lambdas/domain/customer/customer.ts";
import { mergeChanges } from "../../lambdas/domain/customer/merge-changes.ts";
import { EPOCH } from "../../lambdas/domain/time/time.ts";
import { type Engine, startEngine } from "../../local/engine.ts";
import { isInstalled } from "../../local/launch.ts";
import { checkScenario, type Scenario } from "../../simulator/scenario.ts";
import { simulate } from "../../simulator/simulate.ts";
import { Counting } from "../deployed/counting.ts";

const [customers, counters] = ["TablesCustomers", "TablesCounters"];

describe.skipIf(!isInstalled())("the meter", () => {
  const counting = new Counting();
  let engine: Engine;
  let real: (ports: Ports) => Store;

  beforeAll(async () => {
    await counting.start();
    engine = await startEngine();
    counting.target = engine.endpoint;
    const { accessKeyId, secretAccessKey } = engine.client.credentials;
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: counting.endpoint,
      AWS_REGION: engine.region,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    });
    await createTables(engine);
    // The module creates its client when it is loaded, with the endpoint of the environment.
    const { dynamodbStore } = await import("../../lambdas/adapters/dynamodb/customers/store.ts");
    real = ({ clock }) =>
      dynamodbStore({
        customers,
        counters,
        eventRetentionDays: 400,
        now: () => clock.now(),
        journeyIds: async () => [],
      });
  }, 60_000);
  afterAll(async () => {
    await engine?.stop();
    counting.stop();
  });

  it.each([
    ["alone", false],
    ["with reports on its messages", true],
  ])(
    "counts the reference workload, %s, as it is asked for",
    async (_, reported) => {
      const scenario = scenarioOf(reported);
      await seed(engine, scenario);
      const { usage } = await measure(scenario);
      counting.counts.clear();
      const result = await simulate(scenario, () => {}, {
        ports: (ports) => ({ ...ports, store: both(real(ports), ports.store) }),
        call: (_, run) => run(),
      });
      if ("problems" in result) throw new Error(JSON.stringify(result.problems));
      expect(result.summary.completed).toBe(1);
      const expected: Record<string, { requests: number; writeUnits: number; readUnits: number }> = {};
      for (const { api, what, requests, writeUnits, readUnits } of usage.requests) {
        if (!/Item|Query/.test(api)) continue;
        const sum = expected[`${api} ${what}`] ?? { requests: 0, writeUnits: 0, readUnits: 0 };
        expected[`${api} ${what}`] = {
          requests: sum.requests + requests,
          writeUnits: sum.writeUnits + writeUnits,
          readUnits: sum.readUnits + readUnits,
        };
      }
      expect(Object.fromEntries(counting.counts)).toEqual(expected);
    },
    30_000,
  );
});

function scenarioOf(reported: boolean): Scenario {
  const checked = checkScenario(workload(1, { reported }));
  if ("problems" in checked) throw new Error(JSON.stringify(checked.problems));
  // Each run uses another customer.
  return JSON.parse(JSON.stringify(checked.value).replaceAll("c-00000000", reported ? "c-00000002" : "c-00000001"));
}

/** Sends every request to the real store too, with items as long as on AWS. The store in memory answers. */
function both(real: Store, memory: Store): Store {
  const asked = <
    K extends
      | "customer"
      | "sendLog"
      | "addressFacts"
      | "enrollment"
      | "openEnrollment"
      | "enrollments"
      | "openEnrollments"
      | "entry"
      | "event"
      | "events"
      | "considered",
  >(
    name: K,
  ) =>
    (async (...given: unknown[]) => {
      await (real[name] as (...given: unknown[]) => Promise<unknown>)(...given);
      return (memory[name] as (...given: unknown[]) => Promise<unknown>).apply(memory, given);
    }) as unknown as Store[K];
  return {
    customer: asked("customer"),
    sendLog: asked("sendLog"),
    addressFacts: asked("addressFacts"),
    enrollment: asked("enrollment"),
    openEnrollment: asked("openEnrollment"),
    enrollments: asked("enrollments"),
    openEnrollments: asked("openEnrollments"),
    entry: asked("entry"),
    event: asked("event"),
    events: asked("events"),
    considered: asked("considered"),
    async commit(changes) {
      await real.commit(changes.map(asOnAws));
      await memory.commit(changes);
    },
    keepEvent: (...given) => real.keepEvent(...given),
    erase: (customerId, until) => memory.erase(customerId, until),
    inside: (journeyId, part, after) => memory.inside(journeyId, part, after),
    overdue: (before, held) => memory.overdue(before, held),
    unstopped: () => memory.unstopped(),
    parked: (journeyId, part) => memory.parked(journeyId, part),
  };
}

async function seed({ client }: Engine, { customers: people = [] }: Scenario): Promise<void> {
  const database = DynamoDBDocumentClient.from(new DynamoDBClient(client));
  for (const { customerId, ...attributes } of people) {
    const customer = mergeChanges(unknownCustomer(String(customerId)), attributes as never, EPOCH, 0);
    await database.send(new PutCommand({ TableName: customers, Item: customerItem({ ...customer, revision: 1 }) }));
  }
}

/** The tables of `lib/resources/tables.ts`. */
async function createTables({ client }: Engine): Promise<void> {
  const database = new DynamoDBClient(client);
  const keys = (partition: string, sort: string) => [
    { AttributeName: partition, KeyType: "HASH" as const },
    { AttributeName: sort, KeyType: "RANGE" as const },
  ];
  const texts = (...names: string[]) => names.map((AttributeName) => ({ AttributeName, AttributeType: "S" as const }));
  const BillingMode = "PAY_PER_REQUEST" as const;
  await database.send(
    new CreateTableCommand({
      TableName: customers,
      BillingMode,
      AttributeDefinitions: texts("customerId", "sk", "happened", "active", "dueAt"),
      KeySchema: keys("customerId", "sk"),
      LocalSecondaryIndexes: [
        { IndexName: "happened", KeySchema: keys("customerId", "happened"), Projection: { ProjectionType: "ALL" } },
      ],
      GlobalSecondaryIndexes: [
        { IndexName: "active", KeySchema: keys("active", "dueAt"), Projection: { ProjectionType: "KEYS_ONLY" } },
      ],
    }),
  );
  await database.send(
    new CreateTableCommand({
      TableName: counters,
      BillingMode,
      AttributeDefinitions: texts("journey", "scope"),
      KeySchema: keys("journey", "scope"),
    }),
  );
}
