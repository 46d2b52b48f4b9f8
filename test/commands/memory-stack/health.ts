/** What `doctor` reads, recorded: a stack on which nothing is wrong, until a test says otherwise. */

import type { Time } from "../../../lambdas/domain/time/time.ts";
import type { Alarm, Health, Metric, MetricValue, Queue } from "../../../stack/health.ts";

/** The services of which a test can say that they do not answer. */
type Service = "failures" | "alarms" | "values" | "executions" | "mail";

export class MemoryHealth implements Health {
  readonly depths: Partial<Record<Queue, { waiting: number; inWork: number }>> = {};
  failed = { count: 0, more: false };
  readonly found: Alarm[] = [
    alarm("Shop-AdvanceErrors-A1", "OK", "Errors"),
    alarm("Shop-ReconcilerSilent-B2", "OK", "Invocations"),
    alarm("Shop-StreamLate-C3", "OK", "IteratorAge"),
    alarm("Shop-Window-Broken-D4", "ALARM", "Panes"),
  ];
  /** By the name of the metric. */
  readonly metrics: Record<string, readonly MetricValue[]> = {};
  readonly late: Record<string, { count: number; more: boolean }> = {};
  readonly waiting: Record<string, { count: number; more: boolean }> = {};
  /** How many executions are on each page. */
  pages: readonly number[] = [0];
  standing = { sandbox: false, enabled: true, sentLastDay: 10, quota: 50_000 };
  readonly silent = new Set<Service>();
  /** What was asked, with the names that it was asked by. */
  readonly asked: string[] = [];

  async depth(queue: Queue) {
    return this.depths[queue] ?? { waiting: 0, inWork: 0 };
  }

  async failures() {
    this.speak("failures");
    return this.failed;
  }

  async alarms(prefix: string) {
    this.speak("alarms");
    return this.found.filter(({ name }) => name.startsWith(prefix));
  }

  async values({ name }: Metric, statistic: string) {
    this.speak("values");
    this.asked.push(`${statistic} of ${name}`);
    return this.metrics[name] ?? [];
  }

  async overdue(journeyId: string, before: Time, isHeld: boolean) {
    this.asked.push(`overdue in ${journeyId}${isHeld ? ", which is held" : ""}`);
    if (Number.isNaN(Date.parse(before))) throw new Error(`${before} is no time.`);
    return this.late[journeyId] ?? { count: 0, more: false };
  }

  async parked(journeyId: string) {
    return this.waiting[journeyId] ?? { count: 0, more: false };
  }

  async executions(page = "0") {
    this.speak("executions");
    const next = Number(page) + 1;
    return { count: this.pages[next - 1] ?? 0, next: next < this.pages.length ? String(next) : undefined };
  }

  async mail() {
    this.speak("mail");
    return this.standing;
  }

  private speak(service: Service): void {
    if (this.silent.has(service)) throw Object.assign(new Error("no"), { name: "AccessDenied" });
  }
}

function alarm(name: string, state: string, metric: string): Alarm {
  return {
    name,
    state,
    text: `${name} rings. For customers: they wait. Do first: look.`,
    metric: { namespace: "N", name: metric },
  };
}
