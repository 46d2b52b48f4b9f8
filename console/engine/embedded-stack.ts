/**
 * The embedded engine as a stack: the use cases of production over the simulator's memory and virtual clock. So every
 * answer of the console is made by the same code for a clone on a laptop and for a deployed stack.
 *
 * A save is published before `outcome` returns, because no stream lies in between. No delivery fails in memory, so
 * there are no dead letters.
 */

import { contentOf } from "../../insight/documents/document-text.ts";
import type { Pointer } from "../../lambdas/adapters/dynamodb/journey-pointer.ts";
import { ConflictError } from "../../lambdas/app/errors.ts";
import type { Publication, TemplatePublication } from "../../lambdas/app/publication.ts";
import { publishJourney } from "../../lambdas/app/publish/publish-journey.ts";
import { publishSegment } from "../../lambdas/app/publish/publish-segment.ts";
import { publishTemplate } from "../../lambdas/app/publish/publish-template.ts";
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";
import type { LiveJourney } from "../../lambdas/domain/journey/catalog.ts";
import type { StoredTest } from "../../lambdas/domain/journey/stored-test.ts";
import { isSharedKind } from "../../lambdas/domain/messages/shared-text.ts";
import type { RunRecord } from "../../lambdas/domain/schedule/run-record.ts";
import { SEGMENT } from "../../lambdas/domain/segments/segment.ts";
import { type Json, same } from "../../lambdas/domain/values/json.ts";
import type { World } from "../../simulator/world.ts";
import type { Entry } from "../../stack/entries.ts";
import type { Item, Overview, Stack, StoredJourney, Table } from "../../stack/stack.ts";
import { customerItems, scanned } from "./customer-items.ts";
import { embeddedHealth } from "./embedded-health.ts";

export class EmbeddedStack implements Stack {
  readonly timeScale = undefined;
  readonly world: World;
  private readonly documents = new Map<string, Item & { readonly id: string }>();
  private readonly texts = new Map<string, Item>();

  constructor(world: World) {
    this.world = world;
  }

  output(name: string): string {
    const value = outputs[name];
    if (value === undefined) throw new Error(`The embedded engine has no output ${name}.`);
    return value;
  }

  get ports() {
    return this.world.ports;
  }

  /** The simulator considers every customer at once. */
  async startRun({ journeyId, aim, local }: RunRecord, lists: readonly (readonly string[])[]): Promise<void> {
    const named = aim.kind === "customers" ? { ...aim, customerIds: lists.flat() } : aim;
    await this.world.runs.start({ journeyId, aim: named, ...(local !== undefined && { local }) });
  }

  async journeys(): Promise<StoredJourney[]> {
    return [...this.documents.keys()].sort().flatMap((id) => this.stored(id) ?? []);
  }

  async journey(id: string): Promise<StoredJourney | undefined> {
    return this.stored(id);
  }

  async version(id: string, version: number): Promise<Item | undefined> {
    const journey = await this.world.journeys.version(id, version);
    return journey && { ...journey, version: `v${version}` };
  }

  async pointers(): Promise<Pointer[]> {
    return [...this.world.journeys.all()].map(({ version: number, journey, publishedAt = "" }) => {
      const { id: journeyId, status, name } = journey;
      return { journeyId, number, status, name, at: publishedAt };
    });
  }

  async templates(): Promise<Item[]> {
    return this.sorted().filter(({ kind }) => !isSharedKind(kind) && kind !== SEGMENT);
  }

  async segments(): Promise<Item[]> {
    return this.sorted().filter(({ kind }) => kind === SEGMENT);
  }

  async sharedTexts(): Promise<Item[]> {
    return this.sorted().filter(({ kind }) => isSharedKind(kind));
  }

  private sorted(): Item[] {
    return [...this.texts.values()].sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
  }

  async template(id: string): Promise<Item | undefined> {
    return this.texts.get(id);
  }

  async replaceJourney(document: Item, before: StoredJourney | undefined): Promise<void> {
    const id = String(document.id);
    unlessChanged(id, this.stored(id), before);
    this.documents.set(id, { ...contentOf(document), id });
    await publishJourney(id, this.documents.get(id), this.ports);
  }

  async replaceStatus(before: StoredJourney, status: string): Promise<void> {
    await this.replaceJourney({ ...before, status }, before);
  }

  async replaceTemplate(document: Item, before: Item | undefined): Promise<void> {
    const id = String(document.id);
    unlessChanged(id, this.texts.get(id), before);
    const publish = document.kind === SEGMENT ? publishSegment : publishTemplate;
    const publication = await publish({ document, before }, this.ports);
    this.texts.set(id, { ...document, ...(publication && { publication }) });
    for (const [waiting, text] of this.texts) {
      const outcome = this.world.templates.publications.get(waiting);
      // A document that waited for this text is published with it.
      if (outcome && text.publication) this.texts.set(waiting, { ...text, publication: outcome });
    }
  }

  /** The embedded stack requires no tests, and no command publishes to it. */
  async tests(): Promise<readonly StoredTest[]> {
    return [];
  }

  async putTest(): Promise<void> {}

  async deleteTest(): Promise<void> {}

  async deleteJourney(before: StoredJourney): Promise<void> {
    unlessChanged(before.id, this.stored(before.id), before);
    this.documents.delete(before.id);
  }

  async deletePointer(journeyId: string, { publishedAt }: LiveJourney): Promise<void> {
    if ((await this.ports.journeys.live(journeyId))?.publishedAt !== publishedAt) throw new ConflictError(journeyId);
    this.world.journeys.remove(journeyId);
  }

  async outcome(journeyId: string): Promise<Publication> {
    const publication = this.world.journeys.publications.get(journeyId);
    if (!publication) throw new Error(`${journeyId} was never saved.`);
    return publication;
  }

  async templateOutcome(templateId: string): Promise<TemplatePublication> {
    const publication = this.world.templates.publications.get(templateId);
    if (!publication) throw new Error(`${templateId} was never saved.`);
    return publication;
  }

  async customer(customerId: string): Promise<Item[]> {
    for (const partition of this.world.store.all())
      if (partition.customer.customerId === customerId) return customerItems(partition, this.ports.clock.now());
    return [];
  }

  async *logs(journeyId: string): AsyncGenerator<Enrollment> {
    for (const { enrollments } of this.world.store.all())
      for (const enrollment of enrollments.values()) if (enrollment.journeyId === journeyId) yield enrollment;
  }

  counts(journeyId: string): Promise<Record<string, number>> {
    return this.ports.breakers.counts(journeyId);
  }

  held(journeyId: string) {
    return this.ports.breakers.hold(journeyId);
  }

  async overviews(journeyIds: readonly string[]) {
    const all = new Map<string, Overview>();
    for (const id of journeyIds) {
      const [counts, held] = [await this.counts(id), await this.held(id)];
      all.set(id, { counts, ...(held && { held }) });
    }
    return all;
  }

  /** A stop or a release is complete as soon as it is saved. */
  async statusProgress() {
    return [];
  }

  async addressKey(): Promise<string> {
    return this.ports.addressKey ?? "";
  }

  async *scan(table: Table): AsyncGenerator<Item> {
    if (table === "journeys") yield* await this.journeys();
    if (table === "templates") yield* this.sorted();
    if (table === "customers") yield* this.scanCustomers();
    if (table === "counters")
      for (const [id, counts] of this.world.store.counts) yield { journey: `${id}#0`, scope: "journey", ...counts };
  }

  scanCustomers(parts?: number): AsyncGenerator<Item> {
    return scanned(this.world.store, this.ports.clock.now(), parts);
  }

  async putEvents(entries: readonly Entry[]): Promise<(string | undefined)[]> {
    const found: (string | undefined)[] = [];
    for (const { Source, DetailType, Detail } of entries) {
      const problems = await this.world.deliver(Source, DetailType, this.ports.clock.now(), JSON.parse(Detail));
      found.push(problems[0]?.message);
    }
    return found;
  }

  async publish(name: string, detail: object, source: string): Promise<void> {
    const [refused] = await this.putEvents([{ Source: source, DetailType: name, Detail: JSON.stringify(detail) }]);
    if (refused !== undefined) throw new Error(`The event ${name} was rejected: ${refused}`);
  }

  async sendTest(): Promise<string> {
    return "The embedded engine sends nothing. Its mails are in the mailbox of the playground.";
  }

  deadLetterQueues() {
    return [];
  }

  async failureBucket() {
    return {
      keys: async () => [],
      read: async () => undefined,
      delete: async () => {},
      evaluate: async () => ({ text: "" }),
    };
  }

  async health() {
    return embeddedHealth(this.world);
  }

  private stored(id: string): StoredJourney | undefined {
    const document = this.documents.get(id);
    const publication = this.world.journeys.publications.get(id);
    return document && { ...document, ...(publication && { publication }) };
  }
}

/** Two people may edit at once: the second save must not overwrite the first. */
function unlessChanged(id: string, stored: Item | undefined, before: Item | undefined): void {
  if (!same((stored ?? null) as Json, (before ?? null) as Json)) throw new ConflictError(id);
}

const outputs: Readonly<Record<string, string>> = {
  EventRetentionDays: "400",
  StateMachineArn: "arn:aws:states:embedded:000000000000:stateMachine:Journey",
  UnsubscribeUrl: "https://unsubscribe.example/",
};
