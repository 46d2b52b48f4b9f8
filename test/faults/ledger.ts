/**
 * Records what was really stored and sent, below the faults. It checks the laws that must hold at every moment; `laws.ts`
 * has the laws that must hold in the end.
 */
import type { Claim } from "../../lambdas/app/sending-ports.ts";
import type { Change, Store } from "../../lambdas/app/store.ts";
import { isUnsubscribed } from "../../lambdas/domain/customer/customer.ts";
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";
import type { CustomerEvent } from "../../lambdas/domain/events/event.ts";
import { mayReceive } from "../../lambdas/domain/messages/may-receive.ts";
import { plus, type Time } from "../../lambdas/domain/time/time.ts";
import { canonical, type Json, same } from "../../lambdas/domain/values/json.ts";
import type { OutgoingMessage } from "../../lambdas/domain/walk/outcome.ts";
import type { MemoryJourneys } from "../../simulator/memory-journeys.ts";
import type { MemoryStore } from "../../simulator/memory-store.ts";
import { stepWhileHeld } from "./held-laws.ts";
import { settledLaws } from "./laws.ts";
import { changedByMove } from "./migration-laws.ts";
import { TextNotes } from "./texts/text-notes.ts";
import type { FaultWorld } from "./world.ts";

export interface Sent {
  readonly message: OutgoingMessage;
  readonly claim: Claim;
}

export class Ledger {
  readonly sent: Sent[] = [];
  readonly events: CustomerEvent[] = [];
  readonly violations: string[] = [];
  readonly stepsWhileHeld: string[] = [];
  readonly texts: TextNotes;
  /** How many customers were migrated. */
  moved = 0;
  /** The store, with a check of every commit. */
  readonly watching: Store;
  private readonly store: MemoryStore;
  private readonly journeys: MemoryJourneys;
  private readonly entered = new Set<string>();

  private readonly now: () => Time;

  constructor(store: MemoryStore, journeys: MemoryJourneys, now: () => Time) {
    this.store = store;
    this.texts = new TextNotes(store, now);
    this.now = now;
    this.journeys = journeys;
    const commit = (changes: readonly Change[]) => this.commit(changes);
    this.watching = new Proxy(store, {
      get(target, member) {
        if (member === "commit") return commit;
        const value: unknown = Reflect.get(target, member);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  }

  event(event: CustomerEvent): void {
    this.events.push(event);
  }

  send(message: OutgoingMessage, claim: Claim): void {
    const before = this.sent.filter((sent) => sent.claim.messageId === claim.messageId).length;
    // WhatsApp reports by an id that is lost with the answer, so a message of neither class is sent again.
    const most = message.class === "marketing" || message.channel === "whatsapp" ? 1 : 2;
    if (before >= most) this.violate(`a ${message.class} message was sent ${before + 1} times: ${claim.messageId}`);
    this.sent.push({ message, claim });
    this.texts.send(message, claim);
  }

  /** The page has told a customer that they are unsubscribed. */
  async unsubscribed(customerId: string): Promise<void> {
    const { attributes, times } = await this.store.customer(customerId);
    const said = this.events.some((event) => event.customerId === customerId && event.changes?.unsubscribed === false);
    if (Object.keys(times).length > 0 && !said && attributes.unsubscribed !== true)
      this.violate(`${customerId} unsubscribed and is not`);
  }

  violate(what: string): void {
    this.violations.push(what);
  }

  async close(world: FaultWorld): Promise<void> {
    for (const [law, holds] of Object.entries(settledLaws))
      for await (const broken of holds(world)) this.violate(`${law}: ${broken}`);
  }

  private async commit(changes: readonly Change[]): Promise<void> {
    const looks: (() => void)[] = [];
    for (const change of changes) {
      if (change.kind === "address") looks.push(await this.texts.changing(change.facts));
      if (change.kind === "enrollment") {
        const before = await this.store.enrollment(change.enrollment);
        const withCustomer = changes.some(({ kind }) => kind === "customer");
        const here = await this.store.enrollments(change.enrollment.customerId);
        const customer = await this.store.customer(change.enrollment.customerId);
        const version = await this.journeys.version(change.enrollment.journeyId, change.enrollment.journeyVersion);
        const live = await this.journeys.live(change.enrollment.journeyId);
        const step = before && stepWhileHeld(before, change.enrollment, live, this.now());
        looks.push(() => {
          if (step !== undefined) this.stepsWhileHeld.push(step);
          if (!before) this.mayEnter(change.enrollment, here, version?.trigger, isUnsubscribed(customer));
          else this.mayChange(before, change.enrollment, withCustomer);
          for (const message of change.enrollment.messages)
            if (
              message.state === "claimed" &&
              before?.messages.find(({ messageId }) => messageId === message.messageId)?.state !== "claimed"
            ) {
              this.texts.claimed(message);
              if (change.enrollment.status !== "active")
                this.violate(`a message was claimed after the end: ${message.messageId}`);
              const refused = mayReceive(customer, {
                channel: message.channel,
                class: message.class ?? "marketing",
              });
              if (refused) this.violate(`a message was claimed for a customer who must not get it: ${refused}`);
            }
        });
      }
    }
    await this.store.commit(changes);
    for (const look of looks) look();
  }

  private mayEnter(
    enrollment: Enrollment,
    here: readonly Enrollment[],
    trigger: { entry?: unknown; includeUnsubscribed?: boolean | undefined } | undefined,
    unsubscribed: boolean,
  ): void {
    const { enrollmentId, journeyId, key, enteredAt } = enrollment;
    if (this.entered.has(enrollmentId)) this.violate(`one event let the customer in twice: ${enrollmentId}`);
    this.entered.add(enrollmentId);
    if (unsubscribed && !trigger?.includeUnsubscribed) this.violate(`an unsubscribed customer entered ${journeyId}`);
    const others = here.filter((other) => other.journeyId === journeyId && same(other.key, key));
    const rule = trigger?.entry ?? "once";
    const limits = rule as { cooldown?: string; max?: number; maxConcurrent?: number };
    const last = others.at(-1);
    const kept =
      rule === "always" ||
      (rule === "once"
        ? others.length === 0
        : others.length < (limits.max ?? Number.POSITIVE_INFINITY) &&
          others.filter(({ status }) => status === "active").length <
            (limits.maxConcurrent ?? Number.POSITIVE_INFINITY) &&
          (!limits.cooldown || !last || plus(last.enteredAt, limits.cooldown) <= enteredAt));
    if (!kept) this.violate(`the entry rule ${JSON.stringify(rule)} of ${journeyId} was broken by ${enrollmentId}`);
  }

  private mayChange(before: Enrollment, after: Enrollment, withCustomer: boolean): void {
    const id = before.enrollmentId;
    const changed = changedByMove(before, after);
    if (changed !== undefined) this.violate(changed);
    for (const [goal, at] of Object.entries(before.goals))
      if (after.goals[goal] !== at) this.violate(`goal ${goal} was reached twice: ${id}`);
    if (before.status === "active") return;
    if (withCustomer && after.position.visit !== before.position.visit) this.violate(`an effect after the end: ${id}`);
    // A claim whose message was not accepted is taken back, also after the end.
    const ending = ({ status, reason, endedAt, steps, position: { claim: _, ...position } }: Enrollment) =>
      canonical({ status, reason, endedAt, steps, position } as unknown as Json);
    if (ending(before) !== ending(after)) this.violate(`it went on after its end: ${id}`);
  }
}
