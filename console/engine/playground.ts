/**
 * The embedded engine of the playground: the examples, their crowd of customers, a virtual clock that the person moves,
 * and everything that happened, in order. A caller makes one call at a time.
 */
import type { Customer } from "../../lambdas/domain/customer/customer.ts";
import { unknownCustomer } from "../../lambdas/domain/customer/customer.ts";
import { mergeChanges } from "../../lambdas/domain/customer/merge-changes.ts";
import type { Problem } from "../../lambdas/domain/documents/problem.ts";
import type { Status } from "../../lambdas/domain/messages/message-status.ts";
import { EPOCH, plus, type Time } from "../../lambdas/domain/time/time.ts";
import type { JsonObject } from "../../lambdas/domain/values/json.ts";
import type { TimelineLine } from "../../simulator/timeline.ts";
import { World } from "../../simulator/world.ts";
import type { Happened } from "../api/playground.ts";
import { crowdOf } from "./crowd.ts";
import { EmbeddedStack } from "./embedded-stack.ts";
import type { Example } from "./examples.ts";

/** The first day of the crowd, and the virtual time at which the playground opens. */
const FIRST_DAY: Time = "2026-01-05T08:00:00.000Z";
const TODAY: Time = "2026-02-02T09:00:00.000Z";
const ROUNDS = 12;
const DAYS_BETWEEN_ROUNDS = 4;

/** Older lines are forgotten: a page that was away for longer reads everything anew. */
const MOST_LINES = 20_000;

export class Playground {
  readonly stack: EmbeddedStack;
  readonly lines: Happened[] = [];
  readonly examples: readonly Example[];
  private readonly world: World;
  private count = 0;

  private constructor(examples: readonly Example[]) {
    this.examples = examples;
    this.world = new World({ start: FIRST_DAY, print: (line) => this.keep(line) });
    this.stack = new EmbeddedStack(this.world);
  }

  /** A world with the examples in which the first month of the crowd has happened already. */
  static async start(examples: readonly Example[]): Promise<Playground> {
    const playground = new Playground(examples);
    await playground.load();
    return playground;
  }

  now(): Time {
    return this.world.clock.now();
  }

  next(): Time | undefined {
    return this.world.clock.next();
  }

  /** Moves the clock to a moment, and runs everything that is due until then. */
  async moveTo(moment: Time): Promise<void> {
    const { clock } = this.world;
    clock.plan(moment, "timer", async () => {});
    await clock.run(moment);
  }

  async moveBy(duration: string): Promise<void> {
    await this.moveTo(plus(this.now(), duration));
  }

  /** Delivers an event now, with what follows from it at once. Returns the problems of an event that was rejected. */
  async happens(name: string, detail: JsonObject): Promise<readonly Problem[]> {
    const problems = await this.world.deliver("console", name, this.now(), detail);
    await this.moveTo(this.now());
    return problems;
  }

  /** Reports a status of the newest message that a component sent to a customer. */
  async reports(customerId: string, componentId: string, status: Status): Promise<void> {
    await this.world.report({ at: this.now(), customerId, message: componentId, status });
    await this.moveTo(this.now());
  }

  customers(): Customer[] {
    return [...this.world.store.all()].map(({ customer }) => customer);
  }

  private async load(): Promise<void> {
    for (const { scenario } of this.examples) {
      for (const text of [...(scenario.templates ?? []), ...(scenario.segments ?? [])])
        await this.stack.replaceTemplate(text, undefined);
      for (const journey of scenario.journeys ?? []) await this.stack.replaceJourney(journey, undefined);
    }
    const { clock, store } = this.world;
    const { customers, events, statuses } = crowdOf(this.examples, FIRST_DAY, ROUNDS, DAYS_BETWEEN_ROUNDS);
    for (const { customerId, ...attributes } of customers)
      store.seed({ ...mergeChanges(unknownCustomer(String(customerId)), attributes, EPOCH, 0), revision: 1 });
    for (const { at, name, detail } of events)
      clock.plan(at, "world", async () => void (await this.world.deliver("crowd", name, at, detail)));
    for (const { at, customerId, message, status } of statuses)
      clock.plan(at, "world", () => this.world.report({ at, customerId, message, status }));
    await this.moveTo(TODAY);
  }

  private keep(line: TimelineLine): void {
    this.lines.push({ ...line, number: ++this.count });
    if (this.lines.length > MOST_LINES) this.lines.splice(0, MOST_LINES / 2);
  }
}
