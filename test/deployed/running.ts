/** The stack under test: deployed for this run to an emulator on this machine, where an hour takes a second. */
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateEmailIdentityCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { deploy } from "../../local/deploy.ts";
import { type Engine, startEngine } from "../../local/engine.ts";
import { type Mail, mails, type Report, report } from "../../local/mailbox.ts";
import { DeployedStack, type Item } from "../../local/stack.ts";

export const HOUR_IN_SECONDS = 1;

export interface Running {
  readonly stack: DeployedStack;
  /** The mails that a customer got. */
  inbox(address: string): Promise<readonly Mail[]>;
  reads(mail: Mail): Promise<void>;
  reports(mail: Mail, what: Report): Promise<void>;
  /** What the system publishes under a name, from now on: each call answers with what is new. */
  listen(name: string): Promise<() => Promise<readonly Item[]>>;
  /** Why an event was put aside, when one was. */
  deadLetterReason(): Promise<string | undefined>;
  stop(): Promise<void>;
}

/** `settings`: more context for the deployment. */
export async function running(settings: Readonly<Record<string, string>> = {}): Promise<Running> {
  const engine: Engine = await startEngine();
  const timeScale = {
    factor: 3600 / HOUR_IN_SECONDS,
    real: new Date().toISOString(),
    virtual: "2026-01-05T00:00:00.000Z",
  };
  const context = {
    removalPolicy: "destroy",
    from: "Shop <hello@shop.example>",
    timeScale: JSON.stringify(timeScale),
    ...settings,
  };
  const outputs = await deploy(engine, { context });
  await new SESv2Client(engine.client).send(new CreateEmailIdentityCommand({ EmailIdentity: "shop.example" }));
  const stack = new DeployedStack(outputs, engine.client);
  const queues = new SQSClient(engine.client);
  return {
    stack,
    async deadLetterReason() {
      const QueueUrl = stack.output("EventsDeadLetterQueueUrl");
      const { Messages = [] } = await queues.send(
        new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ["All"] }),
      );
      return Messages[0]?.MessageAttributes?.reason?.StringValue;
    },
    inbox: async (address) => (await mails(engine)).filter(({ to }) => to.includes(address)),
    reads: (mail) => report(engine, mail, "Open"),
    reports: (mail, what) => report(engine, mail, what),
    async listen(name) {
      const bus = new EventBridgeClient(engine.client);
      const EventBusName = stack.output("EventBusName");
      const Rule = `heard-${name.replaceAll(".", "-")}`;
      const { QueueUrl } = await queues.send(new CreateQueueCommand({ QueueName: Rule }));
      const AttributeNames = ["QueueArn" as const];
      const { Attributes } = await queues.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
      const EventPattern = JSON.stringify({ source: ["customer-journeys"], "detail-type": [name] });
      await bus.send(new PutRuleCommand({ Name: Rule, EventBusName, EventPattern }));
      const Targets = [{ Id: "queue", Arn: Attributes?.QueueArn }];
      await bus.send(new PutTargetsCommand({ Rule, EventBusName, Targets }));
      return async () => {
        const { Messages = [] } = await queues.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
        return Messages.map(({ Body = "" }) => JSON.parse(Body));
      };
    },
    stop: () => engine.stop(),
  };
}
