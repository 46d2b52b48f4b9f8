/**
 * Builds the two implementations under test: the ports in memory, and the DynamoDB adapters on the emulator. No other
 * file of the contract knows how they are built.
 */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { dynamodbBreakers } from "../../../lambdas/adapters/dynamodb/breakers.ts";
import { translation } from "../../../lambdas/adapters/dynamodb/client.ts";
import { dynamodbStore } from "../../../lambdas/adapters/dynamodb/customers/store.ts";
import { dynamodbJourneys } from "../../../lambdas/adapters/dynamodb/journeys.ts";
import { dynamodbPublishing } from "../../../lambdas/adapters/dynamodb/publishing.ts";
import { dynamodbSegments } from "../../../lambdas/adapters/dynamodb/segments.ts";
import { dynamodbSendRate } from "../../../lambdas/adapters/dynamodb/sending/send-rate.ts";
import { dynamodbSentIds } from "../../../lambdas/adapters/dynamodb/sending/sent-ids.ts";
import { dynamodbTemplates } from "../../../lambdas/adapters/dynamodb/templates.ts";
import { dynamodbWaitingTexts } from "../../../lambdas/adapters/dynamodb/waiting-texts.ts";
import { dynamodbProfiles } from "../../../lambdas/adapters/runs/profiles.ts";
import { dynamodbRuns, listItem } from "../../../lambdas/adapters/runs/runs.ts";
import type { Breakers, Journeys, Publishing, Templates } from "../../../lambdas/app/ports.ts";
import type { Publication } from "../../../lambdas/app/publication.ts";
import type { Profiles, Runs } from "../../../lambdas/app/run-ports.ts";
import type { Segments } from "../../../lambdas/app/segment-ports.ts";
import type { SendRate, SentIds } from "../../../lambdas/app/sending-ports.ts";
import type { Store } from "../../../lambdas/app/store.ts";
import type { WaitingTexts } from "../../../lambdas/app/waiting-texts.ts";
import type { Template } from "../../../lambdas/domain/messages/template.ts";
import type { Time } from "../../../lambdas/domain/time/time.ts";
import { type Engine, startEngine } from "../../../local/engine.ts";
import { memoryBreakers } from "../../../simulator/memory-breakers.ts";
import { MemoryJourneys, MemoryTemplates } from "../../../simulator/memory-journeys.ts";
import { MemoryRuns, memoryProfiles } from "../../../simulator/memory-runs.ts";
import { MemoryStore } from "../../../simulator/memory-store.ts";
import { memorySendRate } from "../../../simulator/sending/memory-send-rate.ts";
import { MemorySentIds } from "../../../simulator/sending/memory-sent-ids.ts";
import { NOW } from "../../domain/enrolled.ts";
import { newTables, type TableNames, tablesOf } from "./tables.ts";
import { giveLittleOf } from "./wire.ts";

export interface Ports {
  readonly store: Store;
  readonly journeys: Journeys & Publishing;
  readonly templates: Templates;
  readonly waiting: WaitingTexts;
  readonly segments: Segments;
  readonly breakers: Breakers;
  readonly sentIds: SentIds;
  readonly runs: Runs;
  readonly profiles: Profiles;
}

export interface World extends Ports {
  /** The send rate port. The clock stands at `NOW` until a test sets it. */
  pace(perSecond: number): SendRate;
  setClock(time: Time): void;
  /** An admin saves a template. */
  putTemplate(template: Template): Promise<void>;
  /** An admin saves a journey's document. */
  saveDocument(journeyId: string): Promise<void>;
  /** A person gives a part of a run's list. */
  putList(runId: string, part: number, customerIds: readonly string[]): Promise<void>;
  /** The outcome of the last save of a journey's document. */
  outcome(journeyId: string): Promise<Publication | undefined>;
  /** The stored reasons of a customer, each as "DELIVERY: REASON". */
  reasons(customerId: string): Promise<readonly string[]>;
  /** All items of customers and counters, in a form that is good only for comparing. */
  everything(): Promise<unknown>;
}

export interface OnDynamoDB extends World {
  readonly tables: TableNames;
  /** New adapters with empty caches over the same tables, as in another function. */
  another(freshFor?: number): Ports;
  /** Writes an item without the adapters. */
  put(table: keyof TableNames, item: Record<string, unknown>): Promise<void>;
  /** Reads an item without the adapters. */
  item(table: keyof TableNames, key: Record<string, string>): Promise<Record<string, unknown> | undefined>;
}

export type MakeWorld = () => Promise<World>;

export const RETENTION_DAYS = 30;

export async function memoryWorld(): Promise<World> {
  let now = NOW;
  const store = new MemoryStore(() => {});
  const journeys = new MemoryJourneys();
  const templates = new MemoryTemplates();
  const runs = new MemoryRuns(store);
  return {
    store,
    journeys,
    templates,
    waiting: templates.waiting,
    segments: journeys.segments,
    breakers: memoryBreakers(store.counts),
    sentIds: new MemorySentIds(),
    runs,
    profiles: memoryProfiles(store, 2),
    putList: async (runId, part, customerIds) => {
      const lists = [...(runs.lists.get(runId) ?? [])];
      lists[part] = customerIds;
      runs.lists.set(runId, lists);
    },
    pace: (perSecond) => memorySendRate({ email: perSecond }, { now: () => now }),
    setClock: (time) => {
      now = time;
    },
    putTemplate: async (template) => templates.put(template),
    saveDocument: async () => {},
    outcome: async (journeyId) => journeys.publications.get(journeyId),
    reasons: async (customerId) =>
      [...store.all()]
        .filter(({ customer }) => customer.customerId === customerId)
        .flatMap(({ reasons }) => [...reasons.values()])
        .map(({ deliveryId, reason }) => `${deliveryId}: ${reason}`),
    everything: async () => structuredClone([[...store.all()], store.counts]),
  };
}

let engine: Engine | undefined;
/** Not the adapters' client: its requests are not recorded, and tests cannot make them fail. */
let database: DynamoDBDocumentClient | undefined;

export async function startDynamoDB(): Promise<void> {
  engine = await startEngine();
  database = DynamoDBDocumentClient.from(new DynamoDBClient(engine.client), translation);
  const { accessKeyId, secretAccessKey } = engine.client.credentials;
  // The adapters' own client reads its settings from the environment when it sends its first request.
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: engine.endpoint,
    AWS_REGION: engine.region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    // The tests look at the answer to one request, so the SDK must not retry.
    AWS_MAX_ATTEMPTS: "1",
  });
}

export async function stopDynamoDB(): Promise<void> {
  await engine?.stop();
}

/** `freshFor`: how many milliseconds old a cached value may be. By default nothing is cached. */
export async function dynamodbWorld(freshFor = 0): Promise<OnDynamoDB> {
  const client = database;
  if (!client) throw new Error("The emulator has not been started.");
  let now = NOW;
  const tables = newTables(client);
  const item = async (table: keyof TableNames, Key: Record<string, string>) => {
    await tablesOf(tables[table]);
    return (await client.send(new GetCommand({ TableName: tables[table], Key }))).Item;
  };
  const put = async (table: keyof TableNames, Item: Record<string, unknown>) => {
    await tablesOf(tables[table]);
    await client.send(new PutCommand({ TableName: tables[table], Item }));
  };
  const another = (fresh = freshFor): Ports => {
    const segments = dynamodbSegments(tables.templates, fresh);
    const journeys = dynamodbJourneys(tables.journeys, fresh, segments);
    const { customers, counters } = tables;
    return {
      journeys: { ...journeys, ...dynamodbPublishing(tables.journeys, journeys) },
      store: dynamodbStore({
        customers,
        counters,
        eventRetentionDays: RETENTION_DAYS,
        now: () => now,
        journeyIds: journeys.ids,
      }),
      templates: dynamodbTemplates(tables.templates, fresh),
      waiting: dynamodbWaitingTexts(tables.templates),
      segments,
      breakers: dynamodbBreakers(counters, fresh),
      sentIds: dynamodbSentIds(counters, () => now),
      runs: dynamodbRuns(counters, () => now),
      profiles: dynamodbProfiles(customers),
    };
  };
  return {
    ...another(),
    tables,
    another,
    put,
    item,
    pace: (perSecond) => {
      return dynamodbSendRate(tables.counters, { sms: undefined, whatsapp: undefined, email: perSecond }, () => now);
    },
    setClock: (time) => {
      now = time;
    },
    putTemplate: (template) => put("templates", template),
    putList: (runId, part, customerIds) => put("counters", listItem(runId, part, customerIds, now)),
    saveDocument: (id) => put("journeys", { id, version: "current" }),
    outcome: async (id) => (await item("journeys", { id, version: "current" }))?.publication as Publication | undefined,
    async everything() {
      await tablesOf(`${tables.customers} ${tables.counters}`);
      const all = [tables.customers, tables.counters].map((TableName) => client.send(new ScanCommand({ TableName })));
      return (await Promise.all(all)).map(({ Items = [] }) => Items.map((each) => JSON.stringify(each)).sort());
    },
    async reasons(customerId) {
      await tablesOf(tables.customers);
      const input = {
        TableName: tables.customers,
        KeyConditionExpression: "customerId = :customer",
        ExpressionAttributeValues: { ":customer": customerId },
      };
      const { Items = [] } = await client.send(new QueryCommand(input));
      return Items.flatMap(({ deliveryId, reason }) => (deliveryId && reason ? [`${deliveryId}: ${reason}`] : []));
    },
  };
}

/** Tables whose queries return two items a page. */
export async function littleWorld(): Promise<OnDynamoDB> {
  const world = await dynamodbWorld();
  giveLittleOf(Object.values(world.tables));
  return world;
}
