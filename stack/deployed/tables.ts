/** The tables of a deployed stack. The stack's outputs contain their names. All reads are strongly consistent. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  type PutCommandInput,
  paginateQuery,
  paginateScan,
} from "@aws-sdk/lib-dynamodb";
import { translation } from "../../lambdas/adapters/dynamodb/client.ts";
import type { Item } from "../../lambdas/adapters/dynamodb/customer-items.ts";
import type { OutputName, StackOutputs, TableOutput } from "../../lambdas/adapters/stack-outputs.ts";
import type { Table } from "../stack.ts";

/** A stack of an older version may lack some outputs. */
export type Outputs = Partial<StackOutputs>;

export interface ClientSettings {
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

const tables: Record<Table, TableOutput> = {
  journeys: "JourneysTableName",
  templates: "TemplatesTableName",
  counters: "CountersTableName",
  customers: "CustomersTableName",
};

/** DynamoDB takes as many in one request. */
const MOST_KEYS = 100;

export class DeployedTables {
  readonly outputs: Outputs;
  /** Settings for clients that only some commands create. */
  readonly settings: ClientSettings;
  readonly items: DynamoDBDocumentClient;

  constructor(outputs: Outputs, settings: ClientSettings) {
    this.outputs = outputs;
    this.settings = settings;
    this.items = DynamoDBDocumentClient.from(new DynamoDBClient(settings), translation);
  }

  output(name: OutputName): string {
    const value = this.outputs[name];
    if (value === undefined)
      throw new Error(`The stack has no output ${name}. Deploy this version of the stack first.`);
    return value;
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

  async *scan(table: Table): AsyncGenerator<Item> {
    const TableName = this.output(tables[table]);
    for await (const { Items = [] } of paginateScan({ client: this.items }, { TableName, ConsistentRead: true }))
      yield* Items;
  }

  async *scanCustomers(parts = 1): AsyncGenerator<Item> {
    const TableName = this.output(tables.customers);
    const part = parts > 1 && { Segment: 0, TotalSegments: parts };
    for await (const { Items = [] } of paginateScan({ client: this.items }, { TableName, ...part })) yield* Items;
  }

  /** The items that are there, in any order. */
  protected async batch(table: Table, keys: readonly Item[]): Promise<Item[]> {
    const name = this.output(tables[table]);
    const batches = Array.from({ length: Math.ceil(keys.length / MOST_KEYS) }, (_, index) =>
      this.oneBatch(name, keys.slice(index * MOST_KEYS, (index + 1) * MOST_KEYS)),
    );
    return (await Promise.all(batches)).flat();
  }

  private async oneBatch(name: string, asked: readonly Item[]): Promise<Item[]> {
    const found: Item[] = [];
    let Keys: Item[] = [...asked];
    while (Keys.length > 0) {
      const RequestItems = { [name]: { Keys, ConsistentRead: true } };
      const { Responses, UnprocessedKeys } = await this.items.send(new BatchGetCommand({ RequestItems }));
      found.push(...(Responses?.[name] ?? []));
      Keys = UnprocessedKeys?.[name]?.Keys ?? [];
    }
    return found;
  }

  protected async query(table: Table, key: string, value: string): Promise<Item[]> {
    const pages = paginateQuery(
      { client: this.items },
      {
        TableName: this.output(tables[table]),
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
}
