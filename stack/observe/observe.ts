/**
 * Reads all data for the health checks. A value that cannot be read, because a service or a permission is missing, is
 * `undefined` and does not stop the other reads.
 */
import { OVERDUE_AFTER } from "../../insight/health/journey-checks.ts";
import type { Known, Observed, QueueName } from "../../insight/health/observed.ts";
import { countersOf } from "../../lambdas/domain/counters/counters.ts";
import { ALL_CUSTOMERS } from "../../lambdas/domain/counters/note-counts.ts";
import { mailed, spikesOf } from "../../lambdas/domain/counters/reputation.ts";
import { namedSegments } from "../../lambdas/domain/segments/named-segments.ts";
import { toVirtual } from "../../lambdas/domain/time/scaled-time.ts";
import { fromMilliseconds, minus } from "../../lambdas/domain/time/time.ts";
import type { Health, QueueOutput } from "../health.ts";
import type { Item, Stack, StoredJourney } from "../stack.ts";
import { alarmIn } from "./alarm-name.ts";
import { alarmsOf, iteratorAge, latest, reconcilerRan } from "./metrics.ts";

/** The most pages of executions that are counted; if there are more, the finding says "or more". */
const MOST_PAGES = 10;

export async function observe(stackName: string, stack: Stack): Promise<Observed> {
  const health = await stack.health();
  const saved = await stack.journeys();
  // One journey after another: with many journeys, parallel reads would be throttled.
  const counted = await oneByOne(saved, async ({ id, status }) => ({
    id,
    status,
    counts: await stack.counts(id),
    held: await stack.held(id),
  }));
  const alarms = await ifReadable(() => alarmsOf(stackName, health));
  return {
    queues: await Promise.all([
      queue("events", "Events", health),
      queue("statuses", "Statuses", health),
      queue("status tasks", "StatusTasks", health),
    ]),
    failures: await ifReadable(() => health.failures()),
    alarms: alarms?.map(({ name, state, text }) => ({ name: alarmIn(stackName, name) ?? name, state, text })),
    iteratorAge: await ifReadable(() => iteratorAge(alarms ?? [], health)),
    reconcilerRan: await ifReadable(() => reconcilerRan(alarms ?? [], health)),
    overdue: await overdue(
      counted.filter(({ counts }) => (counts.active ?? 0) > 0).map(({ id }) => id),
      stack,
      health,
    ),
    parked: await oneByOne(await stack.ports.journeys.held(), async (journeyId) => ({
      journeyId,
      ...(await health.parked(journeyId)),
    })),
    rejected: saved.flatMap(({ id, publication }) =>
      publication?.state === "rejected" ? [{ journeyId: id, problems: publication.problems }] : [],
    ),
    lostSegments: lostSegments(saved, await stack.segments()),
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
    unusable: countersOf(await stack.counts(ALL_CUSTOMERS), "note").map(({ counter, count }) => ({
      ...counter,
      count,
    })),
    live: saved.filter(({ status }) => status !== "draft").length,
    inside: counted.reduce((sum, { counts }) => sum + (counts.active ?? 0), 0),
    executions: await ifReadable(() => executions(health)),
    mail: await ifReadable(() => health.mail()),
  };
}

function lostSegments(journeys: readonly StoredJourney[], segments: readonly Item[]): Observed["lostSegments"] {
  const uses = [
    ...journeys.map((journey) => ({ by: `journey ${journey.id}`, named: namedSegments(journey) })),
    ...segments.map((segment) => ({ by: `segment ${segment.id}`, named: namedSegments(segment) })),
  ];
  const there = new Set(segments.map(({ id }) => id));
  const lost = new Set(uses.flatMap(({ named }) => named).filter((id) => !there.has(id)));
  return [...lost].map((segmentId) => ({
    segmentId,
    namedBy: uses.flatMap(({ by, named }) => (named.includes(segmentId) ? [by] : [])),
  }));
}

async function ifReadable<T>(read: () => Promise<Known<T>>): Promise<Known<T>> {
  return read().catch(() => undefined);
}

async function oneByOne<T, R>(items: readonly T[], read: (item: T) => Promise<R>): Promise<R[]> {
  const found: R[] = [];
  for (const item of items) found.push(await read(item));
  return found;
}

async function queue(name: QueueName, output: QueueOutput, health: Health) {
  const [own, dead] = await Promise.all([
    health.depth(`${output}QueueUrl`),
    health.depth(`${output}DeadLetterQueueUrl`),
  ]);
  return { name, waiting: own.waiting, inWork: own.inWork, deadLetters: dead.waiting + dead.inWork };
}

async function overdue(
  journeyIds: readonly string[],
  { timeScale, ports }: Stack,
  health: Health,
): Promise<Observed["overdue"]> {
  const held = new Set(await ports.journeys.held());
  // The limit is in real time: on a stack with scaled time, every running step is late by some virtual minutes.
  const before = toVirtual(minus(fromMilliseconds(Date.now()), OVERDUE_AFTER), timeScale);
  const found = await oneByOne(journeyIds, async (journeyId) => ({
    journeyId,
    ...(await health.overdue(journeyId, before, held.has(journeyId))),
  }));
  return found.filter(({ count }) => count > 0);
}

/**
 * The open executions of the account, as AWS counts them. If AWS has no count yet: the open executions of the stack, up
 * to a limit.
 */
async function executions(health: Health): Promise<Observed["executions"]> {
  const ofAccount = (name: string) => ifReadable(() => latest({ namespace: "AWS/States", name }, "Maximum", health));
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
