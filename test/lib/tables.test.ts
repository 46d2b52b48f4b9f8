import { RemovalPolicy } from "aws-cdk-lib";
import { describe, expect, test } from "vitest";
import { customerItem, enrollmentItem, eventItem, reasonItem } from "../../lambdas/adapters/dynamodb/customer-items.ts";
import { unknownCustomer } from "../../lambdas/domain/customer/customer.ts";
import { defaultStack, type Synthesized, synthesized } from "./stack.ts";

const stack = defaultStack();
const TABLE = "AWS::DynamoDB::Table";

const tables = {
  "Tables/Journeys": { keys: ["id", "version"], stream: "NEW_AND_OLD_IMAGES" },
  "Tables/Templates": { keys: ["id"], stream: "NEW_AND_OLD_IMAGES", indexes: { channel: ["channel"] } },
  "Tables/Customers": {
    keys: ["customerId", "sk"],
    stream: "NEW_AND_OLD_IMAGES",
    indexes: { happened: ["customerId", "happened"], active: ["active", "dueAt"] },
  },
  "Tables/Counters": { keys: ["journey", "scope"] },
} as const;

interface Index {
  readonly IndexName: string;
  readonly KeySchema: { readonly AttributeName: string }[];
  readonly Projection: { readonly ProjectionType: string };
}

const names = (schema: unknown) => (schema as Index["KeySchema"]).map(({ AttributeName }) => AttributeName);

test("the stack has exactly these tables", () => {
  expect(
    stack
      .ofType(TABLE)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(Object.keys(tables).sort());
});

describe.each(Object.entries(tables))("%s", (name, expected) => {
  const table = stack.get(name);

  test("has its keys, which are strings", () => {
    expect(names(table.KeySchema)).toEqual(expected.keys);
    expect(table.AttributeDefinitions).toEqual(
      (table.AttributeDefinitions as object[]).map((attribute) => ({ ...attribute, AttributeType: "S" })),
    );
  });

  test("has its indexes", () => {
    const indexes = [
      ...((table.GlobalSecondaryIndexes as Index[]) ?? []),
      ...((table.LocalSecondaryIndexes as Index[]) ?? []),
    ];
    expect(Object.fromEntries(indexes.map(({ IndexName, KeySchema }) => [IndexName, names(KeySchema)]))).toEqual(
      "indexes" in expected ? expected.indexes : {},
    );
  });

  test("has a stream only if a function follows it", () => {
    expect(table.StreamSpecification).toEqual("stream" in expected ? { StreamViewType: expected.stream } : undefined);
  });

  test("is on-demand, backed up, protected from deletion, and encrypted with DynamoDB's key", () => {
    expect(table).toMatchObject({
      BillingMode: "PAY_PER_REQUEST",
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
    });
    expect(table).not.toHaveProperty("SSESpecification");
  });
});

test("the index of events holds whole events; the index of active enrollments holds keys only", () => {
  const { LocalSecondaryIndexes, GlobalSecondaryIndexes } = stack.get("Tables/Customers");
  expect(LocalSecondaryIndexes).toMatchObject([{ Projection: { ProjectionType: "ALL" } }]);
  expect(GlobalSecondaryIndexes).toMatchObject([{ Projection: { ProjectionType: "KEYS_ONLY" } }]);
});

test("stored items have the attributes of the keys and of the expiry", () => {
  const now = "2026-01-01T00:00:00.000Z";
  const about = { customerId: "c-1", journeyId: "j", eventId: "e", deliveryId: "d", at: now };
  const event = eventItem(
    { id: "e", name: "n", customerId: "c-1", time: now, data: {}, deliveryId: "d", hops: 0, system: false },
    now,
    90,
  );
  const enrollment = enrollmentItem({
    ...about,
    enrollmentId: "x",
    journeyVersion: 1,
    status: "active",
    enteredAt: now,
    trigger: { eventId: "e", deliveryId: "d", time: now, customerRevision: 0 },
    position: { componentId: "start", visit: 0, since: now },
    steps: [],
    messages: [],
    goals: {},
    hops: 0,
    dueAt: now,
    executions: 1,
    revision: 1,
  });
  const { keys, indexes } = tables["Tables/Customers"];
  for (const item of [event, enrollment, customerItem(unknownCustomer("c-1"))])
    for (const key of keys) expect(item).toHaveProperty(key);
  for (const key of indexes.happened) expect(event).toHaveProperty(key);
  for (const key of indexes.active) expect(enrollment).toHaveProperty(key);
  const expiry = stack.get("Tables/Customers").TimeToLiveSpecification as { AttributeName: string; Enabled: boolean };
  expect(expiry.Enabled).toBe(true);
  expect(event).toHaveProperty(expiry.AttributeName);
  expect(
    reasonItem({ ...about, enrollmentId: "x", journeyVersion: 1, time: "2026", reason: "entry-limit" }, now),
  ).toHaveProperty(expiry.AttributeName);
});

test.each<[string, Synthesized, string]>([
  ["stays", stack, "Retain"],
  ["goes, when that was asked for", synthesized({ removalPolicy: RemovalPolicy.DESTROY }), "Delete"],
])("when the stack is deleted, what it keeps %s", (_, { resources }, policy) => {
  const kept = resources.filter(({ type }) => [TABLE, "AWS::S3::Bucket", "AWS::SecretsManager::Secret"].includes(type));
  expect(kept).toHaveLength(7);
  for (const { rest, properties, type } of kept) {
    expect(rest).toMatchObject({ DeletionPolicy: policy, UpdateReplacePolicy: policy });
    if (type === TABLE) expect(properties.DeletionProtectionEnabled).toBe(policy === "Retain");
  }
});
