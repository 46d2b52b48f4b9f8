import { describe, expect, test } from "vitest";
import { enrollmentKey, entryKey, eventKey, PROFILE, reasonKey } from "../../lambdas/adapters/customer-items.ts";
import { synthesized } from "./stack.ts";

const stack = synthesized();

const mappings = stack
  .ofType("AWS::Lambda::EventSourceMapping")
  .filter(({ properties }) => String(properties.EventSourceArn).endsWith(".StreamArn"))
  .map(({ properties }) => properties);

test("two tables are followed, each by one function", () => {
  expect(mappings.map(({ EventSourceArn, FunctionName }) => `${EventSourceArn} → ${FunctionName}`).sort()).toEqual([
    "Tables/Customers.StreamArn → ExitEvaluator/Function",
    "Tables/Journeys.StreamArn → JourneyPublisher/Function",
  ]);
});

test.each(mappings)("$FunctionName misses nothing, and gives up what keeps failing", (mapping) => {
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
});

test.each([
  ["ExitEvaluator/Function", 100, 2],
  ["JourneyPublisher/Function", 10, 1],
])("%s gets up to %i records, %i batches of a shard at once", (name, size, parallel) => {
  expect(mappings.find(({ FunctionName }) => FunctionName === name)).toMatchObject({
    BatchSize: size,
    ParallelizationFactor: parallel,
  });
});

interface Pattern {
  readonly eventName: string[];
  readonly dynamodb: { readonly Keys: Record<string, { S: (string | { prefix: string })[] }> };
}

interface Mapping {
  readonly FilterCriteria: { readonly Filters: { readonly Pattern: string }[] };
}

/** Whether a function's filter lets a record through, by the rules of event patterns. */
function passes(name: string, eventName: string, keys: Record<string, string>): boolean {
  const mapping = mappings.find(({ FunctionName }) => FunctionName === name) as unknown as Mapping;
  return mapping.FilterCriteria.Filters.some((filter) => {
    const pattern = JSON.parse(filter.Pattern) as Pattern;
    return (
      pattern.eventName.includes(eventName) &&
      Object.entries(pattern.dynamodb.Keys).every(([key, { S }]) =>
        S.some((wanted) =>
          typeof wanted === "string" ? keys[key] === wanted : keys[key]?.startsWith(wanted.prefix) === true,
        ),
      )
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
  test.each([
    ["a new customer", "INSERT", PROFILE, true],
    ["a changed customer", "MODIFY", PROFILE, true],
    ["an event", "INSERT", eventKey("e-1"), true],
    ["a new enrollment", "INSERT", enrollmentKey("x"), true],
    ["a changed enrollment", "MODIFY", enrollmentKey("x"), true],
    ["an event that has expired", "REMOVE", eventKey("e-1"), false],
    ["an erased customer's enrollment", "REMOVE", enrollmentKey("x"), false],
    ["an entry", "MODIFY", entryKey("j", undefined), false],
    ["a reason", "INSERT", reasonKey(reason), false],
  ])("%s", (_, eventName, sk, expected) => {
    expect(passes("ExitEvaluator/Function", eventName, { customerId: "c", sk })).toBe(expected);
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
    expect(passes("JourneyPublisher/Function", eventName, { id: "j", version })).toBe(expected);
  });
});

test("what was given up is kept for two weeks, out of sight", () => {
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
