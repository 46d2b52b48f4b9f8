/**
 * The stack at a glance, in the order in which an event passes through it: entries, waits, emails, dead letters. The
 * dashboard uses only metrics that AWS creates for existing resources, so it adds no cost for metrics.
 */
import { Dashboard as CloudWatchDashboard, GraphWidget, type IMetric, Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import { PERIOD } from "./alarms.ts";
import type { Inbox } from "./inbox.ts";

export interface DashboardProps {
  readonly stateMachine: StateMachine;
  readonly inboxes: Readonly<Record<string, Inbox>>;
  /** The functions that follow a table's stream. */
  readonly followers: Readonly<Record<string, IFunction>>;
  readonly functions: Readonly<Record<string, IFunction>>;
}

export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, { stateMachine, inboxes, followers, functions }: DashboardProps) {
    super(scope, id);
    const sum = { period: PERIOD, statistic: "Sum" };
    const most = { period: PERIOD, statistic: "Maximum" };
    const each = <T>(of: Readonly<Record<string, T>>, metric: (one: T, label: string) => IMetric) =>
      Object.entries(of).map(([label, one]) => metric(one, label));
    const graph = (title: string, left: IMetric[]) => new GraphWidget({ title, left, width: 8, height: 6 });

    new CloudWatchDashboard(this, "Dashboard", {
      widgets: [
        [
          graph("Enrollments", [
            stateMachine.metricStarted({ ...sum, label: "entered" }),
            stateMachine.metricSucceeded({ ...sum, label: "completed" }),
            stateMachine.metricAborted({ ...sum, label: "exited" }),
            stateMachine.metricFailed({ ...sum, label: "failed" }),
          ]),
          graph("Open executions of the account, and their quota", [
            accountMetric("AWS/States", "OpenExecutionCount", { ...most, label: "open" }),
            accountMetric("AWS/States", "OpenExecutionLimit", { ...most, label: "limit" }),
          ]),
          graph("Emails of the account", [
            accountMetric("AWS/SES", "Send", { ...sum, label: "sent" }),
            accountMetric("AWS/SES", "Delivery", { ...sum, label: "delivered" }),
            accountMetric("AWS/SES", "Reject", { ...sum, label: "refused" }),
            accountMetric("AWS/SES", "Bounce", { ...sum, label: "bounced" }),
            accountMetric("AWS/SES", "Complaint", { ...sum, label: "complaints" }),
          ]),
        ],
        [
          graph("Oldest in a queue, in seconds", [
            ...each(inboxes, ({ queue }, label) => queue.metricApproximateAgeOfOldestMessage({ ...most, label })),
          ]),
          graph("Oldest change of a table, in milliseconds", [
            ...each(followers, (follower, label) => follower.metric("IteratorAge", { ...most, label })),
          ]),
          graph("Dead letters", [
            ...each(inboxes, ({ deadLetters }, label) =>
              deadLetters.metricApproximateNumberOfMessagesVisible({ ...most, label }),
            ),
          ]),
        ],
        [
          graph("Bounce rate and complaint rate of the account", [
            accountMetric("AWS/SES", "Reputation.BounceRate", {
              ...most,
              label: "bounce rate (SES asks for less than 0.05)",
            }),
            accountMetric("AWS/SES", "Reputation.ComplaintRate", {
              ...most,
              label: "complaint rate (SES asks for less than 0.001)",
            }),
          ]),
          graph("Calls that failed", [...each(functions, (one, label) => one.metricErrors({ ...sum, label }))]),
          graph("Longest call, in milliseconds", [
            ...each(functions, (one, label) => one.metricDuration({ ...most, label })),
          ]),
        ],
      ],
    });
  }
}

function accountMetric(
  namespace: string,
  metricName: string,
  how: { readonly period: typeof PERIOD; readonly statistic: string; readonly label: string },
): Metric {
  return new Metric({ namespace, metricName, ...how });
}
