/** Reads the stack's alarms from CloudWatch, and the metrics that the alarms watch. */
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricStatisticsCommand,
  type MetricAlarm,
} from "@aws-sdk/client-cloudwatch";
import type { Known } from "../../insight/health/observed.ts";
import { alarmIn } from "./alarm-name.ts";

const LOOK_BACK_MILLISECONDS = 20 * 60_000;

export async function alarmsOf(stackName: string): Promise<MetricAlarm[]> {
  const found: MetricAlarm[] = [];
  let NextToken: string | undefined;
  do {
    const page = await cloudwatch().send(
      new DescribeAlarmsCommand({ AlarmNamePrefix: `${stackName}-`, ...(NextToken && { NextToken }) }),
    );
    found.push(...(page.MetricAlarms ?? []).filter(({ AlarmName = "" }) => alarmIn(stackName, AlarmName)));
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}

const cloudwatch = () => new CloudWatchClient();

/** The alarms name the metrics, and so the functions to ask about. */
export async function iteratorAge(alarms: readonly MetricAlarm[]): Promise<Known<number>> {
  const ages = await Promise.all(
    alarms.filter(({ MetricName }) => MetricName === "IteratorAge").map((alarm) => latest(alarm, "Maximum")),
  );
  const values = ages.flatMap((age) => (age ? [age.value] : []));
  return values.length > 0 ? Math.max(...values) : undefined;
}

export async function reconcilerRan(alarms: readonly MetricAlarm[]): Promise<Known<string>> {
  const silent = alarms.find(({ MetricName }) => MetricName === "Invocations");
  return silent && (await latest(silent, "Sum"))?.at;
}

export async function latest(
  { Namespace, MetricName, Dimensions }: Pick<MetricAlarm, "Namespace" | "MetricName" | "Dimensions">,
  statistic: "Maximum" | "Sum",
): Promise<{ at: string; value: number } | undefined> {
  const now = Date.now();
  const { Datapoints = [] } = await cloudwatch().send(
    new GetMetricStatisticsCommand({
      Namespace,
      MetricName,
      Dimensions,
      StartTime: new Date(now - LOOK_BACK_MILLISECONDS),
      EndTime: new Date(now),
      Period: 60,
      Statistics: [statistic],
    }),
  );
  const points = Datapoints.flatMap(({ Timestamp, [statistic]: value }) =>
    Timestamp && value !== undefined && (statistic === "Maximum" || value > 0)
      ? [{ at: Timestamp.toISOString(), value }]
      : [],
  );
  return points.sort((a, b) => (a.at < b.at ? -1 : 1)).at(-1);
}
