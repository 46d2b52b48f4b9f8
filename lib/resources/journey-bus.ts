/**
 * The bus on which apps tell what happened and the system tells what it did, and the rules that bring to the journeys
 * what concerns them. Other teams' rules may listen too.
 *
 * The stack's own bus takes events from its own account only, and the system's source from the system only: whoever
 * published under it could change what the journeys believe. A bus that is brought along keeps its owner's policy.
 */
import { ArnFormat, Lazy, Names, Stack } from "aws-cdk-lib";
import { CfnEventBus, CfnRule, EventBus, type EventPattern, type IEventBus, Match, Rule } from "aws-cdk-lib/aws-events";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { SYSTEM_SOURCE } from "../../lambdas/domain/events/event.ts";
import type { SystemEventName } from "../../lambdas/domain/events/system-events.ts";
import type { Inbox } from "./inbox.ts";

export interface JourneyBusProps {
  /** A bus that exists already. Default: one of the stack's own. */
  readonly existing: IEventBus | undefined;
  /** Where events go that may concern a journey. */
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
      detailType: ["customer.changed" satisfies SystemEventName],
    });
    this.route("Emitted", inbox, { source: [SYSTEM_SOURCE], detail: { emitted: [true] } });
  }

  /** Lets a function publish. */
  allowPublishing(publisher: LambdaFunction): void {
    publisher.addToRolePolicy(
      new PolicyStatement({ actions: ["events:PutEvents"], resources: [this.bus.eventBusArn] }),
    );
    if (publisher.role) this.publishers.push(publisher.role.roleArn);
  }

  /** Replays of an archive tell of what is long over. Nobody enters by one. */
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
