/**
 * All functions over one loopback AWS. They share its tables, so a function reads the items that another one has
 * written. The test makes every delivery itself.
 */
import type { SQSEvent } from "aws-lambda";
import type { FunctionName } from "../../lambdas/adapters/environment.ts";
import { batch, opened, streamed } from "./aws/deliveries.ts";
import { Fault, type Input, Loopback } from "./aws/loopback.ts";
import { Tables } from "./aws/tables.ts";
import { cold, functionNames, type Invoke, started, values } from "./functions.ts";
import { Log } from "./log.ts";

export type Changes = Parameters<typeof started>[1];

/** The input of an execution. */
export interface Ids {
  readonly customerId: string;
  readonly enrollmentId: string;
}

export class Stack {
  readonly aws: Loopback;
  readonly log = new Log();
  readonly tables = new Tables({
    "the-journeys": ["id", "version"],
    "the-templates": ["id"],
    "the-customers": ["customerId", "sk"],
    "the-counters": ["journey", "scope"],
  });
  private readonly functions = new Map<FunctionName, Invoke>();

  private constructor(aws: Loopback) {
    this.aws = aws;
    aws.answer(this.tables.answers);
    aws.answer({ Invoke: ({ Payload }) => this.unsubscribe(Payload) });
  }

  /** Starts the functions. `changes`: variables that differ from the usual ones. */
  static async start(changes: Changes = {}, attempts?: 1): Promise<Stack> {
    const stack = new Stack(await Loopback.start(attempts));
    await stack.restart(changes);
    return stack;
  }

  async restart(changes: Changes = {}, names: readonly FunctionName[] = functionNames): Promise<void> {
    cold();
    for (const name of names) this.functions.set(name, await started(name, changes));
  }

  stop(): Promise<void> {
    this.log.end();
    return this.aws.stop();
  }

  /** Forgets the recorded requests and log lines. */
  forget(): void {
    this.aws.forget();
    this.log.lines.length = 0;
  }

  /** Calls a function that must succeed with every record. Otherwise the error contains its log. */
  async call(name: FunctionName, event: unknown = {}): Promise<unknown> {
    const before = this.log.lines.length;
    const result = await this.attempt(name, event);
    const { batchItemFailures = [] } = (result ?? {}) as { batchItemFailures?: unknown[] };
    if (batchItemFailures.length === 0) return result;
    this.log.lines.splice(0, before);
    throw new Error(`${name} failed: ${this.log.complaints().join(" | ")}`);
  }

  /** Calls a function that may fail. */
  attempt(name: FunctionName, event: unknown = {}): Promise<unknown> {
    const invoke = this.functions.get(name);
    if (!invoke) throw new Error(`${name} was not started.`);
    return invoke(event);
  }

  /** An admin saves a journey. */
  save(document: object): Promise<unknown> {
    this.tables.put("the-journeys", { ...document, version: "current" });
    return this.follow("journey-publisher");
  }

  /** Works on the tasks of new statuses until there are none. */
  async applyStatus(): Promise<void> {
    for (let from = 0, tasks = this.statusTasks(); from < tasks.length; tasks = this.statusTasks()) {
      await this.call("journey-status", batch(tasks.slice(from)));
      from = tasks.length;
    }
  }

  private statusTasks(): unknown[] {
    const several = this.aws.of("SendMessageBatch").flatMap(({ Entries }) => Entries as Input[]);
    return [...several, ...this.sentTo("status-tasks")].map(({ MessageBody }) => MessageBody);
  }

  /** An admin saves a template. */
  saveTemplate(document: Readonly<Record<string, unknown>>): Promise<unknown> {
    this.tables.put("the-templates", document);
    return this.call("journey-publisher", streamed(this.tables.changes("the-templates")));
  }

  /** The changes of a table since the last time, by its stream. */
  follow(name: "journey-publisher" | "exit-evaluator"): Promise<unknown> {
    const table = name === "journey-publisher" ? "the-journeys" : "the-customers";
    return this.call(name, streamed(this.tables.changes(table)));
  }

  deliver(name: "trigger-matcher" | "message-status", ...bodies: readonly unknown[]): Promise<unknown> {
    return this.call(name, batch(bodies) satisfies SQSEvent);
  }

  open(url: string, method: "GET" | "POST"): Promise<unknown> {
    return this.call("unsubscribe", opened(url, method));
  }

  /** The public page calls the function that stores. */
  private async unsubscribe(request: unknown): Promise<object> {
    const failed = () => Promise.reject(new Fault("Unhandled", "the function failed", 200));
    return (await this.attempt("unsubscription-writer", request).catch(failed)) ?? {};
  }

  /** The item of a customer whose sort key begins so. */
  item(start: string, customerId = "c-1"): Input {
    const found = this.tables
      .items(values.CUSTOMERS_TABLE ?? "")
      .filter((item) => item.customerId === customerId && String(item.sk).startsWith(start));
    const [only] = found;
    if (!only || found.length > 1) throw new Error(`${found.length} items of ${customerId} begin with ${start}.`);
    return only;
  }

  /** The inputs of the executions that were started. */
  executions(): Ids[] {
    return this.aws.of("StartExecution").map(({ input }) => JSON.parse(String(input)) as Ids);
  }

  /** The messages that were sent to a queue. */
  sentTo(queue: "events" | "dead-letters" | "status-tasks"): Input[] {
    return this.aws.of("SendMessage").filter(({ QueueUrl }) => String(QueueUrl).endsWith(`/${queue}`));
  }

  /** The names of the events that were published. */
  announced(): unknown[] {
    return this.entries().map(({ DetailType }) => DetailType);
  }

  entries(): Input[] {
    return this.aws.of("PutEvents").flatMap(({ Entries }) => Entries as Input[]);
  }
}
