/**
 * The stack under test: deployed for this run to an emulator on this machine, where an hour takes a second; or the one
 * that STACK_NAME names, wherever the SDK's own settings lead. There nobody can look into mailboxes.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateEmailIdentityCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { deploy } from "../../local/deploy.ts";
import { type Engine, startEngine } from "../../local/engine.ts";
import { letFunctionsLookAgain, STALE_MILLISECONDS } from "../../local/look-again.ts";
import { type Mail, mails, type Report, report } from "../../local/mailbox.ts";
import { connect } from "../../stack/deployed/connect.ts";
import { DeployedStack, type Item } from "../../stack/deployed/stack.ts";
import { given } from "./given.ts";
import { deployOnceSynthesized, START } from "./stacks/deploy-once-synthesized.ts";

export const HOUR_IN_SECONDS = 1;

export interface Ran {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}

export interface OnStack {
  readonly stack: DeployedStack;
  /** Why an event was put aside, when one was. */
  deadLetterReason(): Promise<string | undefined>;
  /** Functions cache journeys, templates and circuit breakers for five seconds. After that, they have read them again. */
  untilFunctionsLookAgain(): Promise<void>;
}

export interface Running extends OnStack {
  readonly engine: Engine;
  /** The mails that a customer got. */
  inbox(address: string): Promise<readonly Mail[]>;
  reads(mail: Mail): Promise<void>;
  /** The command line, as a process that knows no other AWS than this. */
  journeys(...args: readonly string[]): Promise<Ran>;
  reports(mail: Mail, what: Report): Promise<void>;
  /** What the system publishes under a name, from now on: each call answers with what is new. */
  listen(name: string): Promise<() => Promise<readonly Item[]>>;
  /** Deploys the code of this checkout over the stack, and connects to it. */
  upgrade(): Promise<DeployedStack>;
  stop(): Promise<void>;
}

interface Settings {
  /** `false`: time is the engine's. */
  readonly scaled?: boolean;
  /** How many seconds an hour of the stack takes, when time is scaled. Default: one. */
  readonly hourInSeconds?: number;
  /** Where functions find AWS, when something listens in on them. */
  readonly functionsEndpoint?: string;
  /** The folder of an earlier release, which is deployed in place of this checkout. */
  readonly directory?: string;
  /** More context for the deployment. */
  readonly context?: Readonly<Record<string, string>>;
}

export async function running({
  scaled = true,
  hourInSeconds = HOUR_IN_SECONDS,
  functionsEndpoint,
  directory,
  context: more,
}: Settings = {}): Promise<Running> {
  if (given !== undefined) throw new Error("This needs a stack of its own: run it without STACK_NAME.");
  const engine: Engine = await startEngine(() => {}, functionsEndpoint);
  const start = new Date().toISOString();
  const contextFrom = (real: string) => ({
    removalPolicy: "destroy",
    from: "Shop <hello@shop.example>",
    ...(scaled && {
      timeScale: JSON.stringify({ factor: 3600 / hourInSeconds, real, virtual: "2026-01-05T00:00:00.000Z" }),
    }),
    ...more,
  });
  const outputs =
    directory === undefined
      ? await deployOnceSynthesized(engine, contextFrom(START), start)
      : await deploy(engine, { directory, context: contextFrom(start) });
  await new SESv2Client(engine.client).send(new CreateEmailIdentityCommand({ EmailIdentity: "shop.example" }));
  const stack = new DeployedStack(outputs, engine.client);
  return {
    ...onStack(stack),
    untilFunctionsLookAgain: () => letFunctionsLookAgain(engine),
    engine,
    journeys: (...args) => commandLine(args, engine.environment),
    inbox: async (address) => (await mails(engine)).filter(({ to }) => to.includes(address)),
    reads: (mail) => report(engine, mail, "Open"),
    reports: (mail, what) => report(engine, mail, what),
    async listen(name) {
      const bus = new EventBridgeClient(engine.client);
      const EventBusName = stack.output("EventBusName");
      const Rule = `heard-${name.replaceAll(".", "-")}`;
      const { QueueUrl } = await stack.queues.send(new CreateQueueCommand({ QueueName: Rule }));
      const AttributeNames = ["QueueArn" as const];
      const { Attributes } = await stack.queues.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
      const EventPattern = JSON.stringify({ source: ["customer-journeys"], "detail-type": [name] });
      await bus.send(new PutRuleCommand({ Name: Rule, EventBusName, EventPattern }));
      const Targets = [{ Id: "queue", Arn: Attributes?.QueueArn }];
      await bus.send(new PutTargetsCommand({ Rule, EventBusName, Targets }));
      return async () => {
        const { Messages = [] } = await stack.queues.send(
          new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
        );
        return Messages.map(({ Body = "" }) => JSON.parse(Body));
      };
    },
    upgrade: async () => new DeployedStack(await deploy(engine, { context: contextFrom(start) }), engine.client),
    stop: () => engine.stop(),
  };
}

/** The given stack, or one of its own. */
export async function anyStack(): Promise<OnStack & Partial<Running>> {
  if (given === undefined) return running();
  const stack = await connect(given);
  if (stack.outputs.TimeScale === undefined)
    throw new Error(
      `Time runs at its own pace on ${given}. Deploy it with --context timeScale first (docs/operations.md).`,
    );
  return onStack(stack);
}

function onStack(stack: DeployedStack): OnStack {
  return {
    stack,
    async deadLetterReason() {
      const QueueUrl = stack.output("EventsDeadLetterQueueUrl");
      const { Messages = [] } = await stack.queues.send(
        new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ["All"] }),
      );
      return Messages[0]?.MessageAttributes?.reason?.StringValue;
    },
    untilFunctionsLookAgain: () => sleep(STALE_MILLISECONDS),
  };
}

async function commandLine(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ran> {
  const { FORCE_COLOR: _, NO_COLOR: __, ...plain } = env;
  const child = spawn(process.execPath, ["bin/journeys.cjs", ...args], {
    env: plain,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [out, err, [exitCode]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { exitCode, out, err };
}
