/**
 * The bus on which apps publish events and the system publishes its own, and the rules that send events to journeys.
 * Other teams can add rules of their own.
 *
 * The stack's own bus accepts events from its own account only, and events with the system's source from the system
 * only, because a forged system event could change a customer's attributes. An existing bus keeps its owner's policy.
 */
import { ArnFormat, Lazy, Names, Stack } from "aws-cdk-lib";
import { CfnEventBus, CfnRule, EventBus, type EventPattern, type IEventBus, Match, Rule } from "aws-cdk-lib/aws-events";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { SYSTEM_SOURCE } from "../../lambdas/domain/events/event.ts";
import type { ReturningEventName } from "../../lambdas/domain/events/system-events.ts";
import type { Inbox } from "./inbox.ts";

export interface JourneyBusProps {
  /** An existing bus. Default: the stack creates a bus. */
  readonly existing: IEventBus | undefined;
  /** The queue for events that a journey may listen to. */
  readonly inbox: Inbox;
}

export class JourneyBus extends Construct {
  readonly bus: IEventBus;
  private readonly publishers: string[] = [];

  constructor(scope: Construct, id: string, { existing, inbox }: JourneyBusProps) {
    super(scope, id);
    this.bus = existing ?? (this.ownBus() as IEventBus);
    this.route("FromApps", inbox, { source: Match.anythingButPrefix("aws.", SYSTEM_SOURCE) });
    this.route("Changes", inbox, {
      source: [SYSTEM_SOURCE],
      detailType: Object.keys({ "customer.changed": true } satisfies Record<ReturningEventName, true>),
    });
    this.route("Emitted", inbox, { source: [SYSTEM_SOURCE], detail: { emitted: [true] } });
  }

  allowPublishing(publisher: LambdaFunction): void {
    publisher.addToRolePolicy(
      new PolicyStatement({ actions: ["events:PutEvents"], resources: [this.bus.eventBusArn] }),
    );
    if (publisher.role) this.publishers.push(publisher.role.roleArn);
  }

  /** The rule ignores replays of an archive, because their events are old: no customer enters a journey by a replay. */
  private route(id: string, inbox: Inbox, eventPattern: EventPattern): void {
    const rule = new Rule(this, id, { eventBus: this.bus, eventPattern });
    inbox.receive(rule);
    if (rule.node.defaultChild instanceof CfnRule)
      rule.node.defaultChild.addPropertyOverride("EventPattern.replay-name", [{ exists: false }]);
  }

  private ownBus(): EventBus {
    const eventBusName = Names.uniqueResourceName(this, { maxLength: 256 });
    const bus = new EventBus(this, "Bus", { eventBusName, description: "What happens to customers" });
    const arn = Stack.of(this).formatArn({
      service: "events",
      resource: "event-bus",
      resourceName: eventBusName,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
    if (bus.node.defaultChild instanceof CfnEventBus)
      bus.node.defaultChild.policy = Lazy.any({ produce: () => this.policy(arn) });
    return bus;
  }

  private policy(arn: string) {
    const deny = { Effect: "Deny", Principal: "*", Action: "events:PutEvents", Resource: arn };
    return {
      Version: "2012-10-17",
      Statement: [
        {
          ...deny,
          Sid: "NobodyFromOutside",
          Condition: {
            StringNotEquals: { "aws:PrincipalAccount": Stack.of(this).account },
            Bool: { "aws:PrincipalIsAWSService": "false" },
          },
        },
        {
          ...deny,
          Sid: "OnlyTheSystemInItsName",
          Condition: {
            "ForAnyValue:StringLike": { "events:source": [`${SYSTEM_SOURCE}*`] },
            ArnNotEquals: { "aws:PrincipalArn": this.publishers },
          },
        },
      ],
    };
  }
}
