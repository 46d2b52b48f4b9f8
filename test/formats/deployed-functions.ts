/** Loads and calls the functions as Lambda does, with recorded AWS services and a fixed clock. */
import { vi } from "vitest";
import { environments, type FunctionName } from "../../lambdas/adapters/environment.ts";
import type { Change, Plain } from "./memory-tables.ts";
import { RecordedAws } from "./recorded-aws.ts";

const MACHINE = "arn:aws:states:eu-central-1:123456789012:stateMachine:Machine";

const environment: Record<string, string> = {
  JOURNEYS_TABLE: "journeys",
  TEMPLATES_TABLE: "templates",
  CUSTOMERS_TABLE: "customers",
  COUNTERS_TABLE: "counters",
  EVENT_RETENTION_DAYS: "400",
  STATE_MACHINE_ARN: MACHINE,
  EVENT_BUS_NAME: "bus",
  CONFIGURATION_SET: "configuration-set",
  UNSUBSCRIBE_URL: "https://unsubscribe.example/",
  SIGNING_SECRET_ARN: "arn:secret",
  ADDRESS_KEY_ARN: "arn:key",
  MAIL_RATE: "8",
  SCHEDULE_GROUP: "schedules",
  RUN_MACHINE_ARN: "arn:aws:states:eu-central-1:123456789012:stateMachine:Runs",
  SCHEDULE_ROLE_ARN: "arn:role",
  WRITER_NAME: "unsubscription-writer",
};

/** Milliseconds. Every call reads the journeys again, on a fast machine and on a slow one. */
const CACHES_ARE_OLD = 6_000;

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

export class DeployedFunctions {
  readonly aws = new RecordedAws();
  endpoint = "";
  /** The clock of the caches, which stands still within a call. */
  private elapsed = 0;
  private readonly handlers = new Map<string, Handler>();

  /** Loads all functions, as at a cold start. */
  async start(now: string): Promise<void> {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date(now) });
    vi.spyOn(performance, "now").mockImplementation(() => this.elapsed);
    this.endpoint = await this.aws.start();
    // The SDK sends a request for a queue to the host in the queue's URL.
    const queues = {
      QUEUE_URL: `${this.endpoint}/events`,
      DEAD_LETTER_QUEUE_URL: `${this.endpoint}/dead-letters`,
      ENTRIES_QUEUE_URL: `${this.endpoint}/entries`,
      STATUS_QUEUE_URL: `${this.endpoint}/status-tasks`,
    };
    Object.assign(process.env, environment, queues);
    for (const name of Object.keys(environments) as FunctionName[]) {
      this.aws.caller = name;
      this.handlers.set(name, (await import(`../../lambdas/${name}.ts`)).handler);
    }
    this.aws.caller = "";
    this.aws.invoke = (name, payload) => this.call(name as FunctionName, payload);
  }

  stop(): void {
    this.aws.stop();
    vi.useRealTimers();
    vi.restoreAllMocks();
  }

  async call<T = unknown>(name: FunctionName, event: unknown): Promise<T> {
    const context = { functionName: name, awsRequestId: "request-1" };
    this.elapsed += CACHES_ARE_OLD;
    const before = this.aws.caller;
    this.aws.caller = name;
    const answer = await this.handlers.get(name)?.(event, context);
    this.aws.caller = before;
    const failed = (answer as { batchItemFailures?: unknown[] } | undefined)?.batchItemFailures ?? [];
    if (failed.length > 0) throw new Error(`${name} failed. Set POWERTOOLS_LOG_LEVEL to read why.`);
    return answer as T;
  }

  /** Calls a function with one message of its queue. */
  message(name: FunctionName, body: string): Promise<unknown> {
    const attributes = { SentTimestamp: String(Date.now()) };
    return this.call(name, { Records: [{ messageId: "sqs-1", body, attributes }] });
  }

  /** Calls trigger-matcher with an event, in the form in which the bus puts it into the queue. */
  event(name: string, detail: object, source = "shop"): Promise<unknown> {
    const { id = "event" } = detail as { id?: string };
    const envelope = {
      version: "0",
      id: `delivery-of-${id}`,
      source,
      account: "123456789012",
      time: new Date().toISOString().replace(/\.\d+/, ""),
      region: "eu-central-1",
      resources: [],
      "detail-type": name,
      detail,
    };
    return this.message("trigger-matcher", JSON.stringify(envelope));
  }

  /** Delivers the changes of the tables to the functions, until there are no more changes. */
  async stream(): Promise<void> {
    for (let changes = this.changed(); changes.length > 0; changes = this.changed())
      for (const change of changes) {
        if (change.table === "customers") await this.call("exit-evaluator", { Records: [recordOf(change)] });
        if (change.table === "templates" || (change.table === "journeys" && change.after?.version?.S === "current"))
          await this.call("journey-publisher", { Records: [recordOf(change)] });
      }
  }

  private changed(): Change[] {
    return this.aws.tables.changes.splice(0).filter(({ after }) => after !== undefined);
  }
}

const STREAM = "arn:aws:dynamodb:eu-central-1:123456789012:table/t/stream/2026-01-01T00:00:00.000";

function recordOf({ before, after }: Change) {
  const images = { ...(before && { OldImage: before }), ...(after && { NewImage: after }) };
  const dynamodb = { SequenceNumber: "1", ...images };
  return { eventID: "record-1", eventName: before ? "MODIFY" : "INSERT", eventSourceARN: STREAM, dynamodb };
}

/** The first published event of each name. */
export function eventsIn(requests: readonly Plain[]): Map<string, Plain> {
  const entries = requests.flatMap(({ Entries }) => Entries as Plain[]);
  return new Map(
    entries
      .toReversed()
      .map(({ Detail, ...entry }) => [String(entry.DetailType), { ...entry, Detail: JSON.parse(String(Detail)) }]),
  );
}
