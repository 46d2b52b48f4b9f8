import { Stack } from "aws-cdk-lib";
import { Topic } from "aws-cdk-lib/aws-sns";
import { expect, test } from "vitest";
import { EVENT_DELAYED, MARKETING_HELD } from "../../lambdas/adapters/log-lines.ts";
import { CustomerJourneys } from "../../lib/customer-journeys.ts";
import { appWithoutBundling, defaultStack, Synthesized } from "./stack.ts";

const ALARM = "AWS::CloudWatch::Alarm";
const stack = defaultStack();

const functions = [
  "Advance",
  "AwaitSignal",
  "ExitEvaluator",
  "JourneyPublisher",
  "JourneyStatus",
  "AudienceRun",
  "MessageStatus",
  "Reconciler",
  "TriggerMatcher",
  "Unsubscribe",
  "Unsubscribe/Writer",
];

/** Name, metric, and the condition: statistic, threshold, number of periods and their seconds. */
const expected: [name: string, metric: string, rings: string][] = [
  ["Events/DeadLetters/NotEmpty", "ApproximateNumberOfMessagesVisible", "Maximum > 0, 1 × 300 s"],
  ["StatusTasks/DeadLetters/NotEmpty", "ApproximateNumberOfMessagesVisible", "Maximum > 0, 1 × 300 s"],
  ["StatusTasks/Queue/Late", "ApproximateAgeOfOldestMessage", "Maximum > 900, 1 × 300 s"],
  ["Statuses/DeadLetters/NotEmpty", "ApproximateNumberOfMessagesVisible", "Maximum > 0, 1 × 300 s"],
  ["Events/Queue/Late", "ApproximateAgeOfOldestMessage", "Maximum > 900, 1 × 300 s"],
  ["Statuses/Queue/Late", "ApproximateAgeOfOldestMessage", "Maximum > 900, 1 × 300 s"],
  ["ExitEvaluator/Function/Late", "IteratorAge", "Maximum > 300000, 1 × 300 s"],
  ["JourneyPublisher/Function/Late", "IteratorAge", "Maximum > 300000, 1 × 300 s"],
  ["ExitEvaluator/Function/GivenUp", "OnFailureDestinationDeliveredEventCount", "Sum > 0, 1 × 300 s"],
  ["JourneyPublisher/Function/GivenUp", "OnFailureDestinationDeliveredEventCount", "Sum > 0, 1 × 300 s"],
  ["JourneyPublisher/Function/TemplateGivenUp", "OnFailureDestinationDeliveredEventCount", "Sum > 0, 1 × 300 s"],
  ["Entries/DeadLetters/NotEmpty", "ApproximateNumberOfMessagesVisible", "Maximum > 0, 1 × 300 s"],
  ["Entries/Queue/Late", "ApproximateAgeOfOldestMessage", "Maximum > 43200, 1 × 300 s"],
  ["RunMachine/StateMachine/Failed", "ExecutionsFailed", "Sum > 0, 1 × 300 s"],
  ["Machine/StateMachine/Failed", "ExecutionsFailed", "Sum > 0, 1 × 300 s"],
  ["Machine/StateMachine/TimedOut", "ExecutionsTimedOut", "Sum > 0, 1 × 300 s"],
  ["TriggerMatcher/Function/Delayed", "EventDelayed", "Sum > 0, 6 × 300 s"],
  ["MessageStatus/Function/MarketingHeld", "MarketingHeld", "Sum > 0, 1 × 300 s"],
  ["Mail/BounceRate", "Reputation.BounceRate", "Maximum > 0.05, 1 × 3600 s"],
  ["Mail/ComplaintRate", "Reputation.ComplaintRate", "Maximum > 0.001, 1 × 3600 s"],
  ["Unsubscribe/Function/Flood", "ConcurrentExecutions", "Maximum > 50, 1 × 300 s"],
  ["Reconciler/Silent", "Invocations", "Sum < 1, 1 × 900 s"],
  ...functions.map((name): [string, string, string] => [
    `${name}/Function/Errors`,
    "Errors",
    `Sum > 0, ${["JourneyPublisher", "Unsubscribe", "Unsubscribe/Writer"].includes(name) ? 1 : 3} × 300 s`,
  ]),
];

const texts = [...expected.map(([name]) => name), "Machine/StateMachine/NearlyFull"];

test("the alarm about open executions compares the account's count with its quota", () => {
  const { Metrics, Threshold } = stack.get("Machine/StateMachine/NearlyFull") as {
    Metrics: { Expression?: string; MetricStat?: { Metric: { MetricName: string } } }[];
    Threshold: number;
  };
  expect(Threshold).toBe(80);
  expect(Metrics.map(({ Expression, MetricStat }) => Expression ?? MetricStat?.Metric.MetricName)).toEqual([
    "100 * open / quota",
    "OpenExecutionCount",
    "OpenExecutionLimit",
  ]);
});

test("the stack has exactly these alarms", () => {
  const names = stack.ofType(ALARM).map(({ name }) => name);
  expect(names.sort()).toEqual([...texts].sort());
});

test.each(expected)("%s watches %s", (name, metric, rings) => {
  const alarm = stack.get(name);
  const sign = alarm.ComparisonOperator === "LessThanThreshold" ? "<" : ">";
  expect(alarm.MetricName).toBe(metric);
  expect(`${alarm.Statistic} ${sign} ${alarm.Threshold}, ${alarm.EvaluationPeriods} × ${alarm.Period} s`).toBe(rings);
});

test.each(texts)("%s says what happened, what it means for customers and what to do first", (name) => {
  const { AlarmDescription } = stack.get(name) as { AlarmDescription: string };
  expect(AlarmDescription).toMatch(/^[A-Z].+\. For customers: .+\. Do first: .+\.$/);
  expect(AlarmDescription.length).toBeLessThanOrEqual(1024);
});

test("missing data is fine, except for the alarm about a silent reconciler", () => {
  for (const { name, properties } of stack.ofType(ALARM))
    expect(properties.TreatMissingData, name).toBe(name === "Reconciler/Silent" ? "breaching" : "notBreaching");
});

test("with a topic, every alarm notifies it; without, no alarm has an action", () => {
  for (const { properties } of stack.ofType(ALARM)) expect(properties).not.toHaveProperty("AlarmActions");

  const telling = new Stack(appWithoutBundling(), "Test");
  const alarmTopic = new Topic(telling, "Topic");
  const alarms = new Synthesized(telling, new CustomerJourneys(telling, "Journeys", { alarmTopic })).ofType(ALARM);
  expect(alarms).toHaveLength(texts.length);
  for (const { properties } of alarms) expect(properties.AlarmActions).toEqual(["Test/Topic"]);
});

test("the alarms about held marketing and delayed events count lines in the logs", () => {
  const filters = stack.ofType("AWS::Logs::MetricFilter").map(({ properties }) => properties);
  expect(filters).toHaveLength(2);
  expect(filters).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        LogGroupName: "MessageStatus/FunctionLog",
        FilterPattern: `{ $.message = "${MARKETING_HELD}" }`,
      }),
      expect.objectContaining({
        LogGroupName: "TriggerMatcher/FunctionLog",
        FilterPattern: `{ $.message = "${EVENT_DELAYED}" }`,
      }),
    ]),
  );
});
