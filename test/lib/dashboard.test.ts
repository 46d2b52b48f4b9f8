import { expect, test } from "vitest";
import { defaultStack, synthesized } from "./stack.ts";

interface Widget {
  readonly type: string;
  readonly width: number;
  readonly x: number;
  readonly properties: { readonly title: string; readonly metrics: readonly (readonly unknown[])[] };
}

const stack = defaultStack();
const [dashboard, ...others] = stack.ofType("AWS::CloudWatch::Dashboard");
const { widgets } = JSON.parse(String(dashboard?.properties.DashboardBody)) as { widgets: Widget[] };

/** `Namespace Metric of resource`, as CloudWatch writes it: namespace, metric, pairs of dimensions, options. */
function named([namespace, metric, ...rest]: readonly unknown[]): string {
  const dimensions = rest.filter((part) => typeof part === "string");
  return [namespace, metric, ...dimensions.slice(1, 2)].join(" ");
}

const functions = [
  "TriggerMatcher",
  "Advance",
  "AwaitSignal",
  "ExitEvaluator",
  "MessageStatus",
  "JourneyPublisher",
  "JourneyStatus",
  "AudienceRun",
  "Reconciler",
  "Unsubscribe",
  "Unsubscribe/Writer",
].map((name) => `${name}/Function`);

/** Every metric of the dashboard. Each belongs to a resource of the stack or to the account. */
const expected: [title: string, metrics: string[]][] = [
  [
    "Enrollments",
    ["Started", "Succeeded", "Aborted", "Failed"].map((what) => `AWS/States Executions${what} Machine/StateMachine`),
  ],
  [
    "Open executions of the account, and their quota",
    ["AWS/States OpenExecutionCount", "AWS/States OpenExecutionLimit"],
  ],
  ["Emails of the account", ["Send", "Delivery", "Reject", "Bounce", "Complaint"].map((what) => `AWS/SES ${what}`)],
  [
    "Oldest in a queue, in seconds",
    ["Events", "Statuses", "StatusTasks", "Entries"].map(
      (name) => `AWS/SQS ApproximateAgeOfOldestMessage ${name}/Queue.QueueName`,
    ),
  ],
  [
    "Oldest change of a table, in milliseconds",
    ["ExitEvaluator", "JourneyPublisher"].map((name) => `AWS/Lambda IteratorAge ${name}/Function`),
  ],
  [
    "Dead letters",
    ["Events", "Statuses", "StatusTasks", "Entries"].map(
      (name) => `AWS/SQS ApproximateNumberOfMessagesVisible ${name}/DeadLetters.QueueName`,
    ),
  ],
  [
    "Bounce rate and complaint rate of the account",
    ["AWS/SES Reputation.BounceRate", "AWS/SES Reputation.ComplaintRate"],
  ],
  ["Calls that failed", functions.map((name) => `AWS/Lambda Errors ${name}`)],
  ["Longest call, in milliseconds", functions.map((name) => `AWS/Lambda Duration ${name}`)],
];

test("one dashboard with these graphs", () => {
  expect(others).toEqual([]);
  expect(widgets.map(({ properties }) => properties.title)).toEqual(expected.map(([title]) => title));
});

test.each(expected)("%s", (title, metrics) => {
  const widget = widgets.find(({ properties }) => properties.title === title);
  expect(widget?.properties.metrics.map(named)).toEqual(metrics);
});

test("three graphs side by side fill the width of 24", () => {
  expect(widgets.map(({ x, width }) => [x, width])).toEqual(widgets.map((_, index) => [(index % 3) * 8, 8]));
});

test("can be left out, because every dashboard after the third costs money", () => {
  expect(synthesized({ dashboard: false }).ofType("AWS::CloudWatch::Dashboard")).toEqual([]);
});
