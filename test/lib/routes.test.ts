import { describe, expect, test } from "vitest";
import { defaultStack, synthesized } from "./stack.ts";

const stack = defaultStack();

const notReplayed = { "replay-name": [{ exists: false }] };
const rules = {
  "EventBus/FromApps": {
    bus: "EventBus/Bus",
    inbox: "Events",
    pattern: { source: [{ "anything-but": { prefix: ["aws.", "customer-journeys"] } }], ...notReplayed },
  },
  "EventBus/Changes": {
    bus: "EventBus/Bus",
    inbox: "Events",
    pattern: { source: ["customer-journeys"], "detail-type": ["customer.changed"], ...notReplayed },
  },
  "EventBus/Emitted": {
    bus: "EventBus/Bus",
    inbox: "Events",
    pattern: { source: ["customer-journeys"], detail: { emitted: [true] }, ...notReplayed },
  },
  "Mail/FromSes": {
    bus: undefined,
    inbox: "Statuses",
    pattern: {
      source: ["aws.ses"],
      detail: { mail: { tags: { "ses:configuration-set": ["Mail/ConfigurationSet"] } } },
    },
  },
} as const;

test("the stack has exactly these rules, besides the schedule", () => {
  const names = stack.ofType("AWS::Events::Rule").map(({ name }) => name);
  expect(names.sort()).toEqual([...Object.keys(rules), "Reconciler/Schedule"].sort());
});

describe.each(Object.entries(rules))("%s", (name, { bus, inbox, pattern }) => {
  const rule = stack.get(name);

  test("matches its pattern on its bus", () => {
    expect(rule.EventPattern).toEqual(pattern);
    expect(rule.EventBusName).toBe(bus);
  });

  test("delivers to its queue for a day, and then to the dead-letter queue", () => {
    expect(rule.Targets).toEqual([
      {
        Id: "Target0",
        Arn: `${inbox}/Queue.Arn`,
        DeadLetterConfig: { Arn: `${inbox}/DeadLetters.Arn` },
        RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 },
      },
    ]);
  });

  test.each(["Queue", "DeadLetters"])("can write to the %s, and no other service can", (queue) => {
    const { Statement } = stack.get(`${inbox}/${queue}/Policy`).PolicyDocument as { Statement: { Effect: string }[] };
    expect(Statement).toContainEqual(
      expect.objectContaining({
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Condition: { ArnEquals: { "aws:SourceArn": `${name}.Arn` } },
      }),
    );
    const allowed = Object.values(rules).filter((each) => each.inbox === inbox);
    expect(Statement.filter(({ Effect }) => Effect === "Allow")).toHaveLength(allowed.length);
  });
});

describe.each([
  ["Events", "TriggerMatcher/Function", 10],
  ["Statuses", "MessageStatus/Function", 10],
])("%s", (inbox, consumer, concurrency) => {
  const timeout = stack.get(consumer).Timeout as number;

  test("hides messages for six timeouts, allows five attempts, keeps messages for two weeks and encrypts them", () => {
    expect(stack.get(`${inbox}/Queue`)).toEqual({
      VisibilityTimeout: timeout * 6,
      RedrivePolicy: { deadLetterTargetArn: `${inbox}/DeadLetters.Arn`, maxReceiveCount: 5 },
      MessageRetentionPeriod: 14 * 86_400,
      SqsManagedSseEnabled: true,
    });
    expect(stack.get(`${inbox}/DeadLetters`)).toEqual({
      MessageRetentionPeriod: 14 * 86_400,
      SqsManagedSseEnabled: true,
    });
  });

  test("is read in batches of ten, and each message fails by itself", () => {
    const mappings = stack
      .ofType("AWS::Lambda::EventSourceMapping")
      .filter(({ properties }) => properties.EventSourceArn === `${inbox}/Queue.Arn`);
    expect(mappings.map(({ properties }) => properties)).toEqual([
      {
        FunctionName: consumer,
        EventSourceArn: `${inbox}/Queue.Arn`,
        BatchSize: 10,
        FunctionResponseTypes: ["ReportBatchItemFailures"],
        ScalingConfig: { MaximumConcurrency: concurrency },
      },
    ]);
  });
});

test("matcherConcurrency sets the number of event batches handled at the same time", () => {
  const mappings = synthesized({ matcherConcurrency: 25 }).ofType("AWS::Lambda::EventSourceMapping");
  expect(mappings.map(({ properties }) => properties.ScalingConfig)).toContainEqual({ MaximumConcurrency: 25 });
});

test.each([
  [undefined, 10],
  [14, 10],
  [400, 10],
  [401, 11],
  [2_000, 50],
  [100_000, 1_000],
])("with a mail rate of %s, %i batches of delivery reports are handled at the same time", (mailRate, batches) => {
  const mapping = synthesized({ mailRate })
    .ofType("AWS::Lambda::EventSourceMapping")
    .find(({ properties }) => properties.EventSourceArn === "Statuses/Queue.Arn");
  expect(mapping?.properties.ScalingConfig).toEqual({ MaximumConcurrency: batches });
});

test("a flood of requests to the unsubscribe page cannot use more than its reserved concurrency", () => {
  const reserved = synthesized({ unsubscribeConcurrency: 20 });
  for (const name of ["Unsubscribe", "Unsubscribe/Writer"])
    expect(reserved.get(`${name}/Function`)).toMatchObject({ ReservedConcurrentExecutions: 20 });
  expect(reserved.get("Unsubscribe/Function/Flood")).toMatchObject({ Threshold: 15 });
  expect(stack.get("Unsubscribe/Function")).not.toHaveProperty("ReservedConcurrentExecutions");
});

test("links in messages go to a CDN in front of the unsubscribe page, if there is one", () => {
  const urlOf = (of: typeof stack) =>
    (of.get("Advance/Function").Environment as { Variables: Record<string, unknown> }).Variables.UNSUBSCRIBE_URL;
  expect(urlOf(synthesized({ unsubscribeUrl: "https://leave.shop.example/" }))).toBe("https://leave.shop.example/");
  expect(urlOf(stack)).not.toBe("https://leave.shop.example/");
});

test("the bus accepts events from its own account only, and the system's source from the system only", () => {
  const { Name, Policy } = stack.get("EventBus/Bus") as {
    Name: string;
    Policy: { Statement: { Sid: string; Condition: unknown }[] };
  };
  const arn = `arn:Partition:events:Region:AccountId:event-bus/${Name}`;
  expect(Policy.Statement.map(({ Condition: _, ...statement }) => statement)).toEqual(
    ["NobodyFromOutside", "OnlyTheSystemInItsName"].map((Sid) => ({
      Sid,
      Effect: "Deny",
      Principal: "*",
      Action: "events:PutEvents",
      Resource: arn,
    })),
  );
  expect(Policy.Statement.map(({ Condition }) => Condition)).toEqual([
    { StringNotEquals: { "aws:PrincipalAccount": "AccountId" }, Bool: { "aws:PrincipalIsAWSService": "false" } },
    {
      "ForAnyValue:StringLike": { "events:source": ["customer-journeys*"] },
      ArnNotEquals: { "aws:PrincipalArn": ["Advance/FunctionRole.Arn", "ExitEvaluator/FunctionRole.Arn"] },
    },
  ]);
});

test("SES reports every status that a journey can wait for to the default bus", () => {
  expect(stack.get("Mail/ConfigurationSet/Reports")).toEqual({
    ConfigurationSetName: "Mail/ConfigurationSet",
    EventDestination: {
      Enabled: true,
      EventBridgeDestination: { EventBusArn: "arn:Partition:events:Region:AccountId:event-bus/default" },
      MatchingEventTypes: ["send", "delivery", "open", "click", "bounce", "complaint", "reject", "renderingFailure"],
    },
  });
});

test("the reconciler runs every five minutes and is not retried", () => {
  expect(stack.get("Reconciler/Schedule")).toMatchObject({
    ScheduleExpression: "rate(5 minutes)",
    Targets: [{ Arn: "Reconciler/Function.Arn", RetryPolicy: { MaximumRetryAttempts: 0 } }],
  });
  expect(stack.get("Reconciler/Function/EventInvokeConfig")).toMatchObject({ MaximumRetryAttempts: 0 });
});

test("the unsubscribe page is public, and only by its URL", () => {
  expect(stack.get("Unsubscribe/Function/FunctionUrl").AuthType).toBe("NONE");
  const open = stack.ofType("AWS::Lambda::Permission").filter(({ properties }) => properties.Principal === "*");
  expect(open.map(({ properties: { Principal: _, ...permission } }) => permission)).toEqual([
    { FunctionName: "Unsubscribe/Function.Arn", Action: "lambda:InvokeFunctionUrl", FunctionUrlAuthType: "NONE" },
    { FunctionName: "Unsubscribe/Function.Arn", Action: "lambda:InvokeFunction", InvokedViaFunctionUrl: true },
  ]);
});
