/** The way of an event: bus, rule, queue. What the rule cannot deliver goes to the queue's own dead letters. */
import { Duration } from "aws-cdk-lib";
import { EventBus, type EventPattern, type IEventBus, Match, Rule } from "aws-cdk-lib/aws-events";
import { SqsQueue } from "aws-cdk-lib/aws-events-targets";
import { Construct } from "constructs";
import { DeadLetteredQueue } from "./dead-lettered-queue.ts";

/** `SYSTEM_SOURCE` of the functions: nothing but the system itself publishes under it. */
const SYSTEM_SOURCE = "customer-journeys";

/** Replayed events would let people enter a second time. */
const notReplayed = { "replay-name": Match.doesNotExist() } as unknown as Partial<EventPattern>;

export class EventRouting extends Construct {
  readonly bus: IEventBus;
  readonly events: DeadLetteredQueue;

  constructor(scope: Construct, id: string, given: IEventBus | undefined) {
    super(scope, id);
    this.bus = given ?? new EventBus(this, "Bus");
    this.events = new DeadLetteredQueue(this, "Events");
    this.route("FromApps", { source: Match.anythingButPrefix("aws.", SYSTEM_SOURCE), ...notReplayed });
    this.route("Changes", { source: [SYSTEM_SOURCE], detailType: ["customer.changed"], ...notReplayed });
    this.route("Emitted", { source: [SYSTEM_SOURCE], detail: { emitted: [true] }, ...notReplayed });
  }

  private route(id: string, eventPattern: EventPattern): void {
    new Rule(this, id, { eventBus: this.bus, eventPattern }).addTarget(
      new SqsQueue(this.events.queue, {
        deadLetterQueue: this.events.deadLetters,
        maxEventAge: Duration.hours(24),
        retryAttempts: 185,
      }),
    );
  }
}
