/** A deployed stack as tests and local runs use it: events in, items in and out, nothing else. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { DynamoDBDocumentClient, GetCommand, PutCommand, paginateQuery, paginateScan } from "@aws-sdk/lib-dynamodb";
import type { Enrollment } from "../lambdas/domain/enrollment.ts";

export type Item = Record<string, unknown>;

export type Outputs = Readonly<Record<string, string>>;

export interface ClientSettings {
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export class DeployedStack {
  readonly outputs: Outputs;
  private readonly events: EventBridgeClient;
  private readonly items: DynamoDBDocumentClient;

  constructor(outputs: Outputs, settings: ClientSettings = {}) {
    this.outputs = outputs;
    this.events = new EventBridgeClient(settings);
    this.items = DynamoDBDocumentClient.from(new DynamoDBClient(settings), {
      marshallOptions: { removeUndefinedValues: true },
    });
  }

  output(name: string): string {
    const value = this.outputs[name];
    if (value === undefined) throw new Error(`The stack has no output ${name}. Deploy this version of it first.`);
    return value;
  }

  async publish(name: string, detail: object, source = "shop"): Promise<void> {
    const entry = {
      EventBusName: this.output("EventBusName"),
      Source: source,
      DetailType: name,
      Detail: JSON.stringify(detail),
    };
    const { FailedEntryCount, Entries } = await this.events.send(new PutEventsCommand({ Entries: [entry] }));
    if (FailedEntryCount) throw new Error(`The bus refused ${name}: ${Entries?.[0]?.ErrorMessage}`);
  }

  async put(table: string, item: Item): Promise<void> {
    await this.items.send(new PutCommand({ TableName: this.output(table), Item: item }));
  }

  async get(table: string, key: Item): Promise<Item | undefined> {
    const { Item } = await this.items.send(
      new GetCommand({ TableName: this.output(table), Key: key, ConsistentRead: true }),
    );
    return Item;
  }

  /** Everything about one customer. */
  async customer(customerId: string): Promise<Item[]> {
    const pages = paginateQuery(
      { client: this.items },
      {
        TableName: this.output("CustomersTableName"),
        KeyConditionExpression: "customerId = :customer",
        ExpressionAttributeValues: { ":customer": customerId },
        ConsistentRead: true,
      },
    );
    const found: Item[] = [];
    for await (const { Items = [] } of pages) found.push(...Items);
    return found;
  }

  async enrollments(customerId: string): Promise<Enrollment[]> {
    const items = await this.customer(customerId);
    return items.filter(({ sk }) => String(sk).startsWith("enrollment#")) as unknown as Enrollment[];
  }

  /** The counts of a journey, summed over the shards. */
  async counts(journeyId: string): Promise<Record<string, number>> {
    const sum: Record<string, number> = {};
    for await (const { Items = [] } of paginateScan(
      { client: this.items },
      { TableName: this.output("CountersTableName") },
    ))
      for (const { journey, scope, ...counts } of Items) {
        if (String(journey).split("#")[0] !== journeyId) continue;
        for (const [name, count] of Object.entries(counts)) {
          const full = scope === "journey" ? name : `${scope}.${name}`;
          sum[full] = (sum[full] ?? 0) + Number(count);
        }
      }
    return Object.fromEntries(Object.entries(sum).filter(([, count]) => count !== 0));
  }

  /** Saves a journey and waits for the outcome. */
  async save(journey: Item): Promise<{ state: string; version: number; problems: { path: string; code: string }[] }> {
    const { publication: _, ...document } = journey;
    await this.put("JourneysTableName", { ...document, version: "current" });
    return until(`the outcome of saving ${journey.id}`, async () => {
      const item = await this.get("JourneysTableName", { id: journey.id, version: "current" });
      const publication = item?.publication as { at: string; state: string; version: number; problems: [] } | undefined;
      return publication;
    });
  }
}

/** Looks until there is an answer. */
export async function until<T>(what: string, look: () => Promise<T | undefined | false>, seconds = 60): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await look();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`Waited ${seconds} s in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
