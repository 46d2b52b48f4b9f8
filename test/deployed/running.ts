/** The stack under test: deployed for this run to an emulator on this machine, where an hour takes a second. */
import { CreateEmailIdentityCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { deploy } from "../../local/deploy.ts";
import { type Engine, startEngine } from "../../local/engine.ts";
import { type Mail, mails, report } from "../../local/mailbox.ts";
import { DeployedStack } from "../../local/stack.ts";

export const HOUR_IN_SECONDS = 1;

export interface Running {
  readonly engine: Engine;
  readonly stack: DeployedStack;
  /** The mails that a customer got. */
  inbox(address: string): Promise<readonly Mail[]>;
  reads(mail: Mail): Promise<void>;
  /** Why an event was put aside, when one was. */
  deadLetterReason(): Promise<string | undefined>;
  stop(): Promise<void>;
}

export interface How {
  /** How long an hour takes, in seconds. */
  readonly hour?: number;
  /** Where functions find AWS, when something listens in on them. */
  readonly functionsEndpoint?: string;
}

export async function running({ hour = HOUR_IN_SECONDS, functionsEndpoint }: How = {}): Promise<Running> {
  const engine: Engine = await startEngine(() => {}, functionsEndpoint);
  const timeScale = {
    factor: 3600 / hour,
    real: new Date().toISOString(),
    virtual: "2026-01-05T00:00:00.000Z",
  };
  const context = { removalPolicy: "destroy", from: "Shop <hello@shop.example>", timeScale: JSON.stringify(timeScale) };
  const outputs = await deploy(engine, { context });
  await new SESv2Client(engine.client).send(new CreateEmailIdentityCommand({ EmailIdentity: "shop.example" }));
  const stack = new DeployedStack(outputs, engine.client);
  const queues = new SQSClient(engine.client);
  return {
    engine,
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
    stop: () => engine.stop(),
  };
}
