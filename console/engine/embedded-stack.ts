/**
 * The embedded engine as a stack: the use cases of production over the simulator's memory and virtual clock. So every
 * answer of the console is made by the same code for a clone on a laptop and for a deployed stack.
 *
 * No delivery fails in memory, so there are no dead letters.
 */
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";
import type { RunRecord } from "../../lambdas/domain/schedule/run-record.ts";
import type { Entry } from "../../stack/entries.ts";
import type { Item, Overview, Stack, Table } from "../../stack/stack.ts";
import { customerItems, scanned } from "./customer-items.ts";
import { EmbeddedDocuments } from "./embedded-documents.ts";
import { embeddedHealth } from "./embedded-health.ts";

export class EmbeddedStack extends EmbeddedDocuments implements Stack {
  readonly timeScale = undefined;

  output(name: string): string {
    const value = outputs[name];
    if (value === undefined) throw new Error(`The embedded engine has no output ${name}.`);
    return value;
  }

  /** The simulator considers every customer at once. */
  async startRun({ journeyId, aim, local }: RunRecord, lists: readonly (readonly string[])[]): Promise<void> {
    const named = aim.kind === "customers" ? { ...aim, customerIds: lists.flat() } : aim;
    await this.world.runs.start({ journeyId, aim: named, ...(local !== undefined && { local }) });
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
    if (table === "templates") yield* this.texts();
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
}

const outputs: Readonly<Record<string, string>> = {
  EventRetentionDays: "400",
  StateMachineArn: "arn:aws:states:embedded:000000000000:stateMachine:Journey",
  UnsubscribeUrl: "https://unsubscribe.example/",
};
