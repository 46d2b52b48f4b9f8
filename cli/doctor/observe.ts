/**
 * What `doctor` looks at, all of it read. What cannot be read (a service that is not there, a permission that is
 * missing) is not known, and hinders nothing else.
 */
import { countersOf } from "../../lambdas/domain/counters.ts";
import { mailed, spikesOf } from "../../lambdas/domain/reputation.ts";
import { toVirtual } from "../../lambdas/domain/scaled-time.ts";
import { fromMilliseconds, minus } from "../../lambdas/domain/time.ts";
import type { Stack } from "../stack.ts";
import { alarmIn } from "./alarm-name.ts";
import type { Health } from "./health.ts";
import { alarmsOf, iteratorAge, latest, reconcilerRan } from "./metrics.ts";
import type { Known, Observed } from "./observed.ts";
import { OVERDUE_AFTER } from "./on-journeys.ts";

/** So many executions, pages of them, are counted; more than that is told as "or more". */
const MOST_PAGES = 10;

export async function observe(stackName: string, stack: Stack): Promise<Observed> {
  const health = await stack.health();
  const saved = await stack.journeys();
  // One journey after another, each of them in parallel: with many journeys, all at once would be throttled.
  const counted = await oneByOne(saved, async ({ id, status }) => ({
    id,
    status,
    counts: await stack.counts(id),
    held: await stack.held(id),
  }));
  const alarms = await known(() => alarmsOf(stackName, health));
  return {
    queues: await Promise.all([queue("events", "Events", health), queue("statuses", "Statuses", health)]),
    failures: await known(() => health.failures()),
    alarms: alarms?.map(({ name, state, text }) => ({ name: alarmIn(stackName, name) ?? name, state, text })),
    iteratorAge: await known(() => iteratorAge(alarms ?? [], health)),
    reconcilerRan: await known(() => reconcilerRan(alarms ?? [], health)),
    overdue: await overdue(
      counted.filter(({ counts }) => (counts.active ?? 0) > 0).map(({ id }) => id),
      stack,
      health,
    ),
    rejected: saved.flatMap(({ id, publication }) =>
      publication?.state === "rejected" ? [{ journeyId: id, problems: publication.problems }] : [],
    ),
    failed: counted.flatMap(({ id, counts }) => {
      const failed = countersOf(counts, "ending").filter(({ counter }) => counter.status === "failed");
      const reasons = Object.fromEntries(failed.map(({ counter, count }) => [counter.reason, count]));
      return failed.length > 0 ? [{ journeyId: id, reasons }] : [];
    }),
    spikes: counted
      .filter(({ status }) => status !== "stopped")
      .flatMap(({ id, counts }) => spikesOf(mailed(counts), "review").map((spike) => ({ ...spike, journeyId: id }))),
    held: counted
      .filter(({ status }) => status !== "stopped")
      .flatMap(({ id, held }) => (held ? [{ ...held, journeyId: id }] : [])),
    inside: counted.reduce((sum, { counts }) => sum + (counts.active ?? 0), 0),
    executions: await known(() => executions(health)),
    mail: await known(() => health.mail()),
  };
}

async function known<T>(read: () => Promise<Known<T>>): Promise<Known<T>> {
  return read().catch(() => undefined);
}

async function oneByOne<T, R>(items: readonly T[], read: (item: T) => Promise<R>): Promise<R[]> {
  const found: R[] = [];
  for (const item of items) found.push(await read(item));
  return found;
}

async function queue(name: string, output: "Events" | "Statuses", health: Health) {
  const [own, dead] = await Promise.all([
    health.depth(`${output}QueueUrl`),
    health.depth(`${output}DeadLetterQueueUrl`),
  ]);
  return { name, waiting: own.waiting, inWork: own.inWork, deadLetters: dead.waiting + dead.inWork };
}

async function overdue(
  journeyIds: readonly string[],
  { timeScale }: Stack,
  health: Health,
): Promise<Observed["overdue"]> {
  // So long in real time: where time runs faster, everything that is under way is late by virtual minutes.
  const before = toVirtual(minus(fromMilliseconds(Date.now()), OVERDUE_AFTER), timeScale);
  const found = await oneByOne(journeyIds, async (journeyId) => ({
    journeyId,
    ...(await health.overdue(journeyId, before)),
  }));
  return found.filter(({ count }) => count > 0);
}

/** What AWS counts itself, for the account; where it does not (yet), the stack's own, up to some. */
async function executions(health: Health): Promise<Observed["executions"]> {
  const ofAccount = (name: string) => known(() => latest({ namespace: "AWS/States", name }, "Maximum", health));
  const [count, limit] = await Promise.all([ofAccount("OpenExecutionCount"), ofAccount("OpenExecutionLimit")]);
  return count ? { of: "account", open: count.value, more: false, quota: limit?.value } : listed(health);
}

async function listed(health: Health): Promise<Observed["executions"]> {
  let open = 0;
  let next: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await health.executions(next);
    open += answer.count;
    next = answer.next;
    if (!next) return { of: "stack", open, more: false };
  }
  return { of: "stack", open, more: true };
}
