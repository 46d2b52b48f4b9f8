import { describe, expect, test } from "vitest";
import {
  enrollmentKey,
  entryKey,
  eventKey,
  PROFILE,
  reasonKey,
} from "../../lambdas/adapters/dynamodb/customer-items.ts";
import { defaultStack } from "./stack.ts";

const stack = defaultStack();

const mappings = stack
  .ofType("AWS::Lambda::EventSourceMapping")
  .filter(({ properties }) => String(properties.EventSourceArn).endsWith(".StreamArn"))
  .map(({ properties }) => properties);

test("one function follows each of three tables", () => {
  expect(mappings.map(({ EventSourceArn, FunctionName }) => `${EventSourceArn} → ${FunctionName}`).sort()).toEqual([
    "Tables/Customers.StreamArn → ExitEvaluator/Function",
    "Tables/Journeys.StreamArn → JourneyPublisher/Function",
    "Tables/Templates.StreamArn → JourneyPublisher/Function",
  ]);
});

test.each(mappings)(
  "$FunctionName starts at the oldest record and moves records that keep failing to the bucket",
  (mapping) => {
    expect(mapping).toMatchObject({
      StartingPosition: "TRIM_HORIZON",
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      MaximumRetryAttempts: 5,
      MaximumRecordAgeInSeconds: 6 * 3600,
      DestinationConfig: { OnFailure: { Destination: "Failures/Bucket.Arn" } },
      MetricsConfig: { Metrics: ["EventCount"] },
    });
    expect(mapping).not.toHaveProperty("MaximumBatchingWindowInSeconds");
  },
);

test.each([
  ["ExitEvaluator/Function", 100, 2],
  ["JourneyPublisher/Function", 10, 1],
])("%s gets up to %i records, %i batches of a shard at once", (name, size, parallel) => {
  expect(mappings.find(({ FunctionName }) => FunctionName === name)).toMatchObject({
    BatchSize: size,
    ParallelizationFactor: parallel,
  });
});

interface Mapping {
  readonly FilterCriteria: { readonly Filters: { readonly Pattern: string }[] };
}

/** A removed item has only an old image. */
const imageOf = (eventName: string) => (eventName === "REMOVE" ? "OldImage" : "NewImage");

type Record = Readonly<{ [name: string]: unknown }>;

/** Whether a function's filter passes a record, by the rules of event patterns. */
function passes(table: string, record: Record): boolean {
  const stream = `Tables/${table}.StreamArn`;
  const mapping = mappings.find(({ EventSourceArn }) => EventSourceArn === stream) as unknown as Mapping;
  return mapping.FilterCriteria.Filters.some(({ Pattern }) => fits(JSON.parse(Pattern), record));
}

function fits(pattern: Record, found: unknown): boolean {
  return Object.entries(pattern).every(([name, wanted]) => {
    const value = (found as Record | undefined)?.[name];
    if (!Array.isArray(wanted)) return fits(wanted as Record, value);
    return wanted.some((one) =>
      one?.exists !== undefined
        ? (value !== undefined) === one.exists
        : one?.prefix === undefined
          ? value === one
          : String(value).startsWith(one.prefix),
    );
  });
}

const reason = {
  customerId: "c",
  enrollmentId: "x",
  journeyId: "j",
  journeyVersion: 1,
  eventId: "e",
  deliveryId: "d",
  reason: "entry-limit",
  time: "2026",
  at: "2026",
} as const;

describe("the exit evaluator", () => {
  test.each<[string, string, string, boolean, object?]>([
    ["a new customer", "INSERT", PROFILE, true],
    ["a changed customer", "MODIFY", PROFILE, true],
    ["an event that may mean something to those inside", "INSERT", eventKey("e-1"), true, { watched: { BOOL: true } }],
    ["any other event", "INSERT", eventKey("e-1"), false],
    ["a new enrollment", "INSERT", enrollmentKey("x"), true],
    ["a changed enrollment", "MODIFY", enrollmentKey("x"), true],
    ["an event that has expired", "REMOVE", eventKey("e-1"), false],
    ["an erased customer's enrollment", "REMOVE", enrollmentKey("x"), false],
    ["an entry", "MODIFY", entryKey("j", undefined), false],
    ["a reason", "INSERT", reasonKey(reason), false],
  ])("%s", (_, eventName, sk, expected, more = {}) => {
    const Keys = { customerId: { S: "c" }, sk: { S: sk } };
    const record = { eventName, dynamodb: { Keys, [imageOf(eventName)]: { ...Keys, ...more } } };
    expect(passes("Customers", record)).toBe(expected);
  });
});

describe("the publisher", () => {
  test.each([
    ["a new document", "INSERT", "current", true],
    ["a changed document", "MODIFY", "current", true],
    ["a frozen version", "INSERT", "v1", false],
    ["a pointer to what is live", "MODIFY", "some-journey", false],
    ["a deleted document", "REMOVE", "current", false],
  ])("%s", (_, eventName, version, expected) => {
    const Keys = { id: { S: "j" }, version: { S: version } };
    expect(passes("Journeys", { eventName, dynamodb: { Keys, [imageOf(eventName)]: Keys } })).toBe(expected);
  });

  test.each([
    ["a new template", "INSERT", true],
    ["a changed template", "MODIFY", true],
    ["a deleted template", "REMOVE", false],
  ])("%s", (_, eventName, expected) => {
    expect(
      passes("Templates", {
        eventName,
        dynamodb: { Keys: { id: { S: "t" } }, [imageOf(eventName)]: { id: { S: "t" } } },
      }),
    ).toBe(expected);
  });
});

test("the bucket for failures keeps records for two weeks and is private", () => {
  expect(stack.get("Failures/Bucket")).toEqual({
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
    },
    LifecycleConfiguration: { Rules: [{ ExpirationInDays: 14, Status: "Enabled" }] },
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
  });
});
