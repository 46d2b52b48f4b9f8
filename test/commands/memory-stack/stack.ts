/**
 * A stack in memory for the commands: the use cases over the memory ports, with recorded services around them. Time
 * passes only while a command waits. `did` contains the actions of a command in order.
 */

import { customerItems } from "../../../console/engine/customer-items.ts";
import { matchEvent } from "../../../lambdas/app/entry/match-event.ts";
import type { Ports } from "../../../lambdas/app/ports.ts";
import type { Publication } from "../../../lambdas/app/publication.ts";
import { publishJourney } from "../../../lambdas/app/publish/publish-journey.ts";
import { publishSegment } from "../../../lambdas/app/publish/publish-segment.ts";
import { publishTemplate } from "../../../lambdas/app/publish/publish-template.ts";
import type { Enrollment } from "../../../lambdas/domain/enrollment/enrollment.ts";
import { parseEvent } from "../../../lambdas/domain/events/event.ts";
import { isSystemEvent, type PublishedEvent } from "../../../lambdas/domain/events/system-events.ts";
import type { StatusProgressItem } from "../../../lambdas/domain/journey/status-work.ts";
import type { RunRecord } from "../../../lambdas/domain/schedule/run-record.ts";
import { SEGMENT } from "../../../lambdas/domain/segments/segment.ts";
import { fromMilliseconds, toMilliseconds } from "../../../lambdas/domain/time/time.ts";
import { share } from "../../../lambdas/domain/values/hash.ts";
import type { OutgoingMessage } from "../../../lambdas/domain/walk/outcome.ts";
import { testGate } from "../../../proof/gate/test-gate.ts";
import { WaitedInVain } from "../../../stack/deployed/until.ts";
import type { Entry } from "../../../stack/entries.ts";
import type { Item, Overview, Stack, Table } from "../../../stack/stack.ts";
import { withMethods } from "../../app/with-methods.ts";
import { MemoryBucket } from "./bucket.ts";
import { MemoryDocuments } from "./documents.ts";
import { MemoryHealth } from "./health.ts";
import { outputs } from "./outputs.ts";
import { MemoryQueue } from "./queue.ts";

export class MemoryStack extends MemoryDocuments implements Stack {
  readonly timeScale = undefined;
  readonly events = new MemoryQueue("events", this.did);
  readonly statuses = new MemoryQueue("statuses", this.did);
  readonly bucket = new MemoryBucket(this.did);
  readonly services = new MemoryHealth();
  /** Whether the stack reports the outcome of saves. */
  answers = true;
  /** For how many waits of a command the customers inside a stopped journey are still inside. */
  slowStop = 0;
  readonly progress: (StatusProgressItem & { readonly journeyId: string })[] = [];
  /** Why the bus refuses an event; `undefined`: accepted. */
  refuses: (entry: Entry) => string | undefined = () => undefined;
  /** Whether events that were put on the bus are delivered. */
  delivers = true;
  /** The test mails that were sent, and why the mail service refuses one. */
  readonly tested: OutgoingMessage[] = [];
  refusesMail: (message: OutgoingMessage) => string | undefined = () => undefined;
  /** How often the customers table was read, and what happens while it is read. */
  reads = 0;
  onRead: () => void = () => {};
  /** Whether a save is live only if the stored tests of the journey pass. */
  requiresTests = false;
  private readonly stopping: { waits: number; readonly go: () => Promise<unknown> }[] = [];
  private deliveries = 0;

  constructor() {
    super();
    const { bus } = this.world.ports;
    const { publish } = bus;
    // As the rule of the deployed bus: events that the system publishes are for other listeners.
    const isForJourneys = ({ name }: PublishedEvent) => !isSystemEvent(name) || name === "customer.changed";
    bus.publish = (events) => publish(events.filter(isForJourneys));
  }

  output(name: string): string {
    const value = outputs[name];
    if (value === undefined) throw new Error(`There is no output ${name}.`);
    return value;
  }

  get ports(): Ports {
    return this.world.ports;
  }

  /** Lets time pass, and runs everything that is due. */
  async pass(milliseconds: number): Promise<void> {
    const { clock } = this.world;
    const then = fromMilliseconds(toMilliseconds(clock.now()) + milliseconds);
    clock.plan(then, "timer", async () => {});
    await clock.run(then);
    for (const stop of this.stopping) if (--stop.waits === 0) await stop.go();
  }

  async startRun(run: RunRecord, lists: readonly (readonly string[])[]): Promise<void> {
    this.did.push(`start run ${run.runId}`);
    this.world.runs.lists.set(run.runId, lists);
    await this.world.runs.note(run);
  }

  async outcome(id: string, seconds = 60): Promise<Publication> {
    this.did.push(`wait for ${id}`);
    await this.pass(1000);
    if (!this.answers) throw new WaitedInVain(`the outcome of saving ${id}`, seconds);
    const { publishing, ...others } = this.world.ports;
    const publish: typeof publishing.publish = async (journeyId, live, publication) => {
      const isLive = await publishing.publish(journeyId, live, publication);
      const document = this.documents.get(id);
      if (document) this.documents.set(id, { ...document, publication });
      return isLive;
    };
    const statusTasks: Ports["statusTasks"] = {
      ...others.statusTasks,
      begin: async (...work) => {
        const go = () => others.statusTasks.begin(...work);
        if (this.slowStop > 0) this.stopping.push({ waits: this.slowStop, go });
        else await go();
      },
    };
    const { publication: _, version: __, ...document }: Item = this.documents.get(id) ?? {};
    const stored = (journeyId: string) => this.tests(journeyId);
    const gate = this.requiresTests ? testGate({ stored, templates: others.templates }) : undefined;
    const ports = { ...others, statusTasks, gate, publishing: withMethods(publishing, { publish }) };
    const published = await publishJourney(id, document, ports);
    await this.pass(0);
    return published;
  }

  async templateOutcome(id: string, seconds = 60) {
    if (!this.answers) throw new WaitedInVain(`the outcome of saving ${id}`, seconds);
    const document = this.texts.get(id) ?? {};
    const publish = document.kind === SEGMENT ? publishSegment : publishTemplate;
    const publication = await publish({ document }, this.world.ports);
    if (!publication) throw new Error("No save has an order here.");
    this.texts.set(id, { ...document, publication });
    for (const [waiting, text] of this.texts) {
      const outcome = this.world.templates.publications.get(waiting);
      // A document that waited for this text is published with it.
      if (outcome && text.publication) this.texts.set(waiting, { ...text, publication: outcome });
    }
    return publication;
  }

  async customer(customerId: string) {
    const all = [...this.world.store.all()].filter(({ customer }) => customer.customerId === customerId);
    return all.flatMap((each) => customerItems(each, this.world.clock.now()));
  }

  async *logs(journeyId: string, tell: (items: number) => void = () => {}): AsyncGenerator<Enrollment> {
    this.reads++;
    for (const { enrollments } of this.world.store.all())
      for (const enrollment of enrollments.values()) if (enrollment.journeyId === journeyId) yield enrollment;
    this.onRead();
    tell([...this.world.store.all()].length);
  }

  async sendTest(message: OutgoingMessage): Promise<string | undefined> {
    const refused = this.refusesMail(message);
    if (refused === undefined) this.tested.push(message);
    return refused;
  }

  async overviews(journeyIds: readonly string[]) {
    const all = new Map<string, Overview>();
    for (const id of journeyIds) {
      const [counts, held] = [await this.counts(id), await this.held(id)];
      all.set(id, { counts, ...(held && { held }) });
    }
    return all;
  }

  async counts(journeyId: string): Promise<Record<string, number>> {
    return Object.fromEntries(
      Object.entries(this.world.store.counts.get(journeyId) ?? {}).filter(([, count]) => count),
    );
  }

  async statusProgress(journeyId: string) {
    return this.progress.filter((item) => item.journeyId === journeyId);
  }

  async held(journeyId: string) {
    return this.world.ports.breakers.hold(journeyId);
  }

  async addressKey() {
    return this.world.ports.addressKey ?? "";
  }

  async *scan(table: Table): AsyncGenerator<Item> {
    if (table === "journeys") yield* this.documents.values();
    if (table === "templates") yield* this.texts.values();
    if (table === "counters")
      for (const [id, counts] of this.world.store.counts) yield { journey: `${id}#0`, scope: "journey", ...counts };
    if (table === "customers")
      for (const each of this.world.store.all()) yield* customerItems(each, this.world.clock.now());
  }

  async *scanCustomers(parts = 1): AsyncGenerator<Item> {
    for (const partition of this.world.store.all())
      if (share("part", partition.customer.customerId) < 100 / parts)
        yield* customerItems(partition, this.world.clock.now());
  }

  async putEvents(entries: readonly Entry[]) {
    return entries.map((entry) => {
      const refusal = this.refuses(entry);
      const detail = JSON.parse(entry.Detail) as Item;
      this.did.push(`event ${entry.DetailType} of ${detail.customerId} from ${entry.Source}`);
      if (refusal === undefined && this.delivers) this.deliver(entry);
      return refusal;
    });
  }

  async publish(name: string, detail: object, source: string) {
    const [refused] = await this.putEvents([{ Source: source, DetailType: name, Detail: JSON.stringify(detail) }]);
    if (refused !== undefined) throw new Error(`The bus refused ${name}: ${refused}`);
  }

  deadLetterQueues() {
    return [this.events, this.statuses];
  }

  async failureBucket() {
    return this.bucket;
  }

  async health() {
    return this.services;
  }

  /** The bus delivers while time passes. */
  private deliver({ Source, DetailType, Detail }: Entry): void {
    const { clock } = this.world;
    const detail = JSON.parse(Detail) as Item;
    const id = `delivery-${this.deliveries++}`;
    const envelope = { id, source: Source, "detail-type": DetailType, time: clock.now(), detail };
    const parsed = parseEvent(envelope, { now: clock.now() });
    if (!("event" in parsed)) throw new Error(JSON.stringify(parsed.problems));
    clock.follow(async () => {
      await matchEvent(parsed.event, this.world.ports);
    });
  }
}
