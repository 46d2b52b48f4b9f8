/**
 * A deployed stack for commands, tests and local runs: it reads and saves documents, reads customers and counts, and
 * publishes events. This class makes no decisions.
 */
import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import { SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import { breakerKey, summed } from "../../lambdas/adapters/dynamodb/breakers.ts";
import { type Item, isKeyOf, toEnrollment } from "../../lambdas/adapters/dynamodb/customer-items.ts";
import { progressPartition } from "../../lambdas/adapters/dynamodb/status-progress.ts";
import { counterKeys } from "../../lambdas/adapters/dynamodb/writes.ts";
import { listItem } from "../../lambdas/adapters/runs/runs.ts";
import type { RunStart } from "../../lambdas/app/runs/plan-run.ts";
import type { Hold } from "../../lambdas/domain/counters/breaker.ts";
import { WHOLE } from "../../lambdas/domain/counters/counter-items.ts";
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";
import type { StatusProgressItem } from "../../lambdas/domain/journey/status-work.ts";
import type { RunRecord } from "../../lambdas/domain/schedule/run-record.ts";
import type { TimeScale } from "../../lambdas/domain/time/scaled-time.ts";
import type { OutgoingMessage } from "../../lambdas/domain/walk/outcome.ts";
import type { DeadLetterQueue } from "../dead-letter-queue.ts";
import type { Overview, Stack } from "../stack.ts";
import type { Connection } from "./connection.ts";
import { sqsDeadLetterQueues } from "./dead-letter-queues.ts";
import { DeployedDocuments } from "./documents.ts";
import { enrollmentsOf } from "./logs.ts";
import { portsOf } from "./ports.ts";
import type { ClientSettings, Outputs } from "./tables.ts";

export type { Item };

export class DeployedStack extends DeployedDocuments implements Stack, Connection {
  readonly events: EventBridgeClient;
  readonly executions: SFNClient;
  readonly queues: SQSClient;
  private known: Stack["ports"] | undefined;

  constructor(outputs: Outputs, settings: ClientSettings = {}) {
    super(outputs, settings);
    this.events = new EventBridgeClient(settings);
    this.executions = new SFNClient(settings);
    this.queues = new SQSClient(settings);
  }

  get timeScale(): TimeScale | undefined {
    return this.outputs.TimeScale === undefined ? undefined : (JSON.parse(this.outputs.TimeScale) as TimeScale);
  }

  get ports(): Stack["ports"] {
    this.known ??= portsOf(this);
    return this.known;
  }

  async publish(name: string, detail: object, source = "shop"): Promise<void> {
    const [refused] = await this.putEvents([{ Source: source, DetailType: name, Detail: JSON.stringify(detail) }]);
    if (refused !== undefined) throw new Error(`The bus refused ${name}: ${refused}`);
  }

  /** Puts at most ten events on the bus. Returns for each event why the bus refused it; `undefined`: accepted. */
  async putEvents(entries: readonly PutEventsRequestEntry[]): Promise<(string | undefined)[]> {
    const EventBusName = this.output("EventBusName");
    const { Entries = [] } = await this.events.send(
      new PutEventsCommand({ Entries: entries.map((entry) => ({ EventBusName, ...entry })) }),
    );
    return Entries.map(({ ErrorCode, ErrorMessage }) => ErrorCode && `${ErrorMessage ?? ""} (${ErrorCode})`);
  }

  /** All items of one customer. */
  async customer(customerId: string): Promise<Item[]> {
    return this.query("customers", "customerId", customerId);
  }

  async enrollments(customerId: string): Promise<Enrollment[]> {
    const items = await this.customer(customerId);
    return items.filter(({ sk }) => isKeyOf("enrollment", sk)).map(toEnrollment);
  }

  logs(journeyId: string, tell?: (items: number) => void): AsyncIterable<Enrollment> {
    return enrollmentsOf(journeyId, this, tell);
  }

  /** The counts of a journey, summed over the shards; names as in `lambdas/domain/counters/counts.ts`, without zeros. */
  async counts(journeyId: string): Promise<Record<string, number>> {
    const items = await Promise.all(counterKeys(journeyId).map((shard) => this.query("counters", "journey", shard)));
    return summed(items.flat());
  }

  async overviews(journeyIds: readonly string[]): Promise<ReadonlyMap<string, Overview>> {
    const keys = journeyIds.flatMap((id) => [
      ...counterKeys(id).map((journey) => ({ journey, scope: WHOLE })),
      breakerKey(id),
    ]);
    const items = new Map<string, Item[]>();
    for (const item of await this.batch("counters", keys)) {
      const [id = ""] = String(item.journey).split("#");
      items.set(id, [...(items.get(id) ?? []), item]);
    }
    return new Map([...items].map(([id, all]) => [id, overviewOf(all)]));
  }

  async statusProgress(journeyId: string): Promise<readonly StatusProgressItem[]> {
    return (await this.query("counters", "journey", progressPartition(journeyId))) as unknown as StatusProgressItem[];
  }

  /** Why the journey's circuit breaker is open; `undefined` when it is closed. */
  async held(journeyId: string): Promise<Hold | undefined> {
    return (await this.get("CountersTableName", breakerKey(journeyId)))?.held as Hold | undefined;
  }

  async startRun(run: RunRecord, lists: readonly (readonly string[])[]): Promise<void> {
    for (const [part, customerIds] of lists.entries())
      await this.put("CountersTableName", listItem(run.runId, part, customerIds, run.startedAt));
    await this.ports.runs.note(run);
    const { journeyId, runId } = run;
    const stateMachineArn = this.output("RunMachineArn");
    const input = JSON.stringify({ journeyId, runId, asked: true } satisfies RunStart);
    await this.executions.send(new StartExecutionCommand({ stateMachineArn, input }));
  }

  /** Only `unsuppress` and a test of a template need Secrets Manager, so only they load it. */
  async addressKey(): Promise<string> {
    const { SecretsManagerClient } = await import("@aws-sdk/client-secrets-manager");
    const { secretOf } = await import("../../lambdas/adapters/secret.ts");
    return secretOf(this.output("AddressKeyArn"), new SecretsManagerClient(this.settings));
  }

  /** Only a test of a template sends mail, so only it loads the client. */
  async sendTest(message: OutgoingMessage): Promise<string | undefined> {
    const { sesTest } = await import("./test-mail.ts");
    return sesTest(this.settings)(message);
  }

  deadLetterQueues(): DeadLetterQueue[] {
    return sqsDeadLetterQueues(this);
  }

  /** Only `redrive` needs S3 and Lambda, so only `redrive` loads them. */
  async failureBucket() {
    const { s3FailureBucket } = await import("./failure-bucket.ts");
    return s3FailureBucket(this);
  }

  /** Only `doctor` needs CloudWatch and SES, so only `doctor` loads them. */
  async health() {
    const { awsHealth } = await import("./health.ts");
    return awsHealth(this);
  }
}

function overviewOf(items: readonly Item[]): Overview {
  const held = items.find(({ scope }) => scope !== WHOLE)?.held as Hold | undefined;
  return { counts: summed(items.filter(({ scope }) => scope === WHOLE)), ...(held && { held }) };
}
