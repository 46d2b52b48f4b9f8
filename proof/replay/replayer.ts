/**
 * Replays archived customers through a set of documents, one customer at a time. Each customer gets a world of their
 * own, with documents that were checked and compiled once. So no customer affects another, and memory does not grow.
 */
import { unknownCustomer } from "../../lambdas/domain/customer/customer.ts";
import { mergeChanges } from "../../lambdas/domain/customer/merge-changes.ts";
import type { Problem } from "../../lambdas/domain/documents/problem.ts";
import { SYSTEM_SOURCE } from "../../lambdas/domain/events/event.ts";
import { MESSAGE_RECEIVED } from "../../lambdas/domain/inbound/message-received.ts";
import type { Limits } from "../../lambdas/domain/messages/limits.ts";
import { emptySendLog } from "../../lambdas/domain/messages/send-log.ts";
import { nextOccurrence } from "../../lambdas/domain/schedule/occurrence.ts";
import { EPOCH, type Time, toTime } from "../../lambdas/domain/time/time.ts";
import type { Json, JsonObject } from "../../lambdas/domain/values/json.ts";
import type { Instruments } from "../../simulator/instruments.ts";
import type { MemoryStore } from "../../simulator/memory-store.ts";
import type { Scenario } from "../../simulator/scenario.ts";
import { publishAll } from "../../simulator/simulate.ts";
import type { CustomerLine } from "../../simulator/timeline.ts";
import { World } from "../../simulator/world.ts";
import type { ArchivedCustomer } from "./archive.ts";
import { assumedReports, KnownReports, type MessageLine, type Policy, type Rates, type Report } from "./reports.ts";

/** The documents of one side of a replay. */
export type Documents = Pick<Scenario, "journeys" | "templates" | "segments"> & { readonly limits?: Limits };

export interface ReplaySettings {
  readonly from: Time;
  readonly until: Time;
  readonly statuses: Policy;
  /** For the policy `rates`. */
  readonly rates: Rates;
}

export interface Passage {
  readonly lines: readonly CustomerLine[];
  readonly store: MemoryStore;
  /** The number of messages that were never really sent, and about which the reports are assumed. */
  readonly assumed: number;
  /** The problems of events that the stack would reject. */
  readonly rejected: readonly Problem[];
}

export class Replayer {
  readonly documents: Pick<World, "journeys" | "templates">;
  private readonly settings: ReplaySettings;
  private readonly limits: Limits | undefined;

  private constructor(documents: Pick<World, "journeys" | "templates">, settings: ReplaySettings, limits?: Limits) {
    this.documents = documents;
    this.settings = settings;
    this.limits = limits;
  }

  static async of(
    { limits, ...documents }: Documents,
    settings: ReplaySettings,
  ): Promise<Replayer | { readonly problems: readonly Problem[] }> {
    const world = new World({ start: settings.from, limits, print: () => {} });
    const problems = await publishAll(documents, world);
    return problems.length > 0 ? { problems } : new Replayer(world, settings, limits);
  }

  /** `until`: an end before the end of the archive. `then`: called when the clock reaches a moment. */
  async replay(
    customer: ArchivedCustomer,
    instruments?: Instruments,
    until = this.settings.until,
    then?: { readonly at: Time; readonly call: () => void },
  ): Promise<Passage> {
    const { from, statuses: policy, rates } = this.settings;
    const { documents, limits } = this;
    const lines: CustomerLine[] = [];
    const known = new KnownReports(customer.statuses);
    let assumed = 0;
    const onMessage = (line: MessageLine) => {
      const reports = known.of(line);
      if (!reports) assumed++;
      for (const { status, at } of reports ?? assumedReports(line, policy, rates))
        world.clock.plan(at, "world", () => report(line, status, at, world));
    };
    const world: World = new World({
      start: from,
      limits,
      documents,
      ...(instruments && { instruments }),
      print: (line) => {
        if (line.kind === "run") return;
        lines.push(line);
        if (line.kind === "message") onMessage(line);
      },
    });
    if (then) world.clock.plan(then.at, "world", async () => then.call());
    const rejected: Problem[] = [];
    begin(customer, world, rejected);
    for (const live of documents.journeys.all())
      if (live.journey.status === "active") await world.runs.arm(live.journey.id, nextOccurrence(live.journey, from));
    await world.clock.run(until);
    return { lines, store: world.store, assumed, rejected };
  }
}

/** Stores the data from the beginning of the archive, and plans the events. */
function begin(
  { customerId, attributes, entries = [], events = [] }: ArchivedCustomer,
  world: World,
  rejected: Problem[],
): void {
  if (attributes || entries.length > 0) {
    const unknown = unknownCustomer(customerId);
    const merged = attributes ? mergeChanges(unknown, attributes as JsonObject, EPOCH, 0) : unknown;
    world.store.adopt({
      customer: attributes ? { ...merged, revision: 1 } : unknown,
      sends: emptySendLog(customerId),
      enrollments: [],
      events: [],
      reasons: [],
      entries: entries.map(({ key, ...entry }) => ({
        ...entry,
        customerId,
        revision: 1,
        ...(key !== undefined && { key: key as Json }),
      })),
    });
  }
  for (const [index, { at, event, ...detail }] of events.entries()) {
    const moment = toTime(at) ?? at;
    world.clock.plan(moment, "world", async () => {
      // The system gives a message of the customer its id, which no app may use.
      const isAnswer = event === MESSAGE_RECEIVED;
      const source = isAnswer ? SYSTEM_SOURCE : "replay";
      const problems = await world.deliver(source, event, moment, { ...detail, customerId }, isAnswer);
      rejected.push(...problems.map((problem) => ({ ...problem, path: `events[${index}]` })));
    });
  }
}

async function report(line: MessageLine, status: Report["status"], time: Time, world: World): Promise<void> {
  const { customerId, enrollmentId, componentId } = line;
  const enrollment = await world.store.enrollment({ customerId, enrollmentId });
  const message = enrollment?.messages.findLast((each) => each.componentId === componentId);
  if (message) await world.reportMessage({ customerId, messageId: message.messageId, status, time });
}
