/** Reads the stack's alarms from CloudWatch, and the metrics that the alarms watch. */
import type { Known } from "../../insight/health/observed.ts";
import type { Alarm, Health, Metric, MetricValue, Statistic } from "../health.ts";
import { alarmIn } from "./alarm-name.ts";

const LOOK_BACK_MILLISECONDS = 20 * 60_000;

export async function alarmsOf(stackName: string, health: Health): Promise<Alarm[]> {
  return (await health.alarms(`${stackName}-`)).filter(({ name }) => alarmIn(stackName, name));
}

/** The alarms name the metrics, and so the functions to ask about. */
export async function iteratorAge(alarms: readonly Alarm[], health: Health): Promise<Known<number>> {
  const ages = await Promise.all(
    alarms.filter(({ metric }) => metric.name === "IteratorAge").map(({ metric }) => latest(metric, "Maximum", health)),
  );
  const known = ages.flatMap((age) => (age ? [age.value] : []));
  return known.length > 0 ? Math.max(...known) : undefined;
}

export async function reconcilerRan(alarms: readonly Alarm[], health: Health): Promise<Known<string>> {
  const silent = alarms.find(({ metric }) => metric.name === "Invocations");
  return silent && (await latest(silent.metric, "Sum", health))?.at;
}

export async function latest(metric: Metric, statistic: Statistic, health: Health): Promise<MetricValue | undefined> {
  const now = Date.now();
  const values = await health.values(metric, statistic, new Date(now - LOOK_BACK_MILLISECONDS), new Date(now));
  return values
    .filter(({ value }) => statistic === "Maximum" || value > 0)
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .at(-1);
}
