/**
 * A deployed stack as commands, tests and local runs use it: what its outputs name, documents in and out, everything
 * about a customer, counts. Decisions are made elsewhere, from what is read here.
 */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  type PutCommandInput,
  paginateQuery,
  paginateScan,
} from "@aws-sdk/lib-dynamodb";
import { type Item, isKeyOf, toEnrollment } from "../../lambdas/adapters/customer-items.ts";
import { translation } from "../../lambdas/adapters/dynamodb.ts";
import { breakerKey, summed } from "../../lambdas/adapters/dynamodb-breakers.ts";
import { type Pointer, toPointer } from "../../lambdas/adapters/dynamodb-journeys.ts";
import { CURRENT, documentKey, LIVE } from "../../lambdas/adapters/journey-keys.ts";
import type { OutputName, StackOutputs, TableOutput } from "../../lambdas/adapters/stack-outputs.ts";
import { COUNTER_SHARDS } from "../../lambdas/adapters/writes.ts";
import type { Publication } from "../../lambdas/app/ports.ts";
import type { Hold } from "../../lambdas/domain/breaker.ts";
import type { Enrollment } from "../../lambdas/domain/enrollment.ts";
import { until } from "./until.ts";

export type { Item };

/** A stack of an older version may lack some. */
export type Outputs = Partial<StackOutputs>;

export interface ClientSettings {
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** A journey as it is stored: `publication` is the system's, the rest the admin's, checked or not. */
export type StoredJourney = Item & { readonly id: string; readonly publication?: Publication };

export class DeployedStack {
  readonly outputs: Outputs;
  /** For clients that few commands need. */
  readonly settings: ClientSettings;
  readonly items: DynamoDBDocumentClient;
  readonly events: EventBridgeClient;
  readonly executions: SFNClient;
  readonly queues: SQSClient;

  constructor(outputs: Outputs, settings: ClientSettings = {}) {
    this.outputs = outputs;
    this.settings = settings;
    this.items = DynamoDBDocumentClient.from(new DynamoDBClient(settings), translation);
    this.events = new EventBridgeClient(settings);
    this.executions = new SFNClient(settings);
    this.queues = new SQSClient(settings);
  }

  output(name: OutputName): string {
    const value = this.outputs[name];
    if (value === undefined) throw new Error(`The stack has no output ${name}. Deploy this version of it first.`);
    return value;
  }

  async publish(name: string, detail: object, source = "shop"): Promise<void> {
    const [refused] = await this.putEvents([{ Source: source, DetailType: name, Detail: JSON.stringify(detail) }]);
    if (refused !== undefined) throw new Error(`The bus refused ${name}: ${refused}`);
  }

  /** Puts at most ten events on the bus. For each one why it was refused, `undefined` when it was not. */
  async putEvents(entries: readonly PutEventsRequestEntry[]): Promise<(string | undefined)[]> {
    const EventBusName = this.output("EventBusName");
    const { Entries = [] } = await this.events.send(
      new PutEventsCommand({ Entries: entries.map((entry) => ({ EventBusName, ...entry })) }),
    );
    return Entries.map(({ ErrorCode, ErrorMessage }) => ErrorCode && `${ErrorMessage ?? ""} (${ErrorCode})`);
  }

  async put(
    table: TableOutput,
    item: Item,
    condition: Omit<PutCommandInput, "TableName" | "Item"> = {},
  ): Promise<void> {
    await this.items.send(new PutCommand({ TableName: this.output(table), Item: item, ...condition }));
  }

  async get(table: TableOutput, key: Item): Promise<Item | undefined> {
    const { Item } = await this.items.send(
      new GetCommand({ TableName: this.output(table), Key: key, ConsistentRead: true }),
    );
    return Item;
  }

  /** What admins have saved, whether it is live or not, by id. Reads the whole table: for people, not for functions. */
  async journeys(): Promise<StoredJourney[]> {
    const items = await this.all("JourneysTableName");
    return items.filter(({ version }) => version === CURRENT) as StoredJourney[];
  }

  /** Which version and status of each journey count now, whether the document is still there or not. */
  async pointers(): Promise<Pointer[]> {
    return (await this.query("JourneysTableName", "id", LIVE)).map(toPointer);
  }

  async templates(): Promise<Item[]> {
    return this.all("TemplatesTableName");
  }

  async journey(id: string): Promise<StoredJourney | undefined> {
    return (await this.get("JourneysTableName", documentKey(id))) as StoredJourney | undefined;
  }

  async template(id: string): Promise<Item | undefined> {
    return this.get("TemplatesTableName", { id });
  }

  /** Everything about one customer. */
  async customer(customerId: string): Promise<Item[]> {
    return this.query("CustomersTableName", "customerId", customerId);
  }

  async enrollments(customerId: string): Promise<Enrollment[]> {
    const items = await this.customer(customerId);
    return items.filter(({ sk }) => isKeyOf("enrollment", sk)).map(toEnrollment);
  }

  /** The counts of a journey, summed over the shards; names as in `lambdas/domain/counts.ts`, none of them zero. */
  async counts(journeyId: string): Promise<Record<string, number>> {
    const shards = Array.from({ length: COUNTER_SHARDS }, (_, shard) => `${journeyId}#${shard}`);
    const items = await Promise.all(shards.map((shard) => this.query("CountersTableName", "journey", shard)));
    return summed(items.flat());
  }

  /** Why the journey's marketing is held; `undefined` when it is not. */
  async held(journeyId: string): Promise<Hold | undefined> {
    return (await this.get("CountersTableName", breakerKey(journeyId)))?.held as Hold | undefined;
  }

  /** Saves a journey and waits for the outcome. */
  async save(journey: Item, condition: Omit<PutCommandInput, "TableName" | "Item"> = {}): Promise<Publication> {
    const { publication: _, ...document } = journey;
    await this.put("JourneysTableName", { ...document, version: CURRENT }, condition);
    return this.outcome(String(journey.id));
  }

  /** The outcome of the last save, as soon as there is one: saving takes away that of the save before. */
  outcome(journeyId: string, seconds?: number): Promise<Publication> {
    const look = async () => (await this.journey(journeyId))?.publication;
    return until(`the outcome of saving ${journeyId}`, look, seconds);
  }

  private async query(table: TableOutput, key: string, value: string): Promise<Item[]> {
    const pages = paginateQuery(
      { client: this.items },
      {
        TableName: this.output(table),
        KeyConditionExpression: "#key = :value",
        ExpressionAttributeNames: { "#key": key },
        ExpressionAttributeValues: { ":value": value },
        ConsistentRead: true,
      },
    );
    const found: Item[] = [];
    for await (const { Items = [] } of pages) found.push(...Items);
    return found;
  }

  private async all(table: TableOutput): Promise<Item[]> {
    const found: Item[] = [];
    const pages = paginateScan({ client: this.items }, { TableName: this.output(table), ConsistentRead: true });
    for await (const { Items = [] } of pages) found.push(...Items);
    return found.sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
  }
}
