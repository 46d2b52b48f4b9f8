/**
 * DynamoDB behind the loopback server: four tables in memory, with conditional writes. It lets one function read the
 * items of another. The tests against the emulator check how DynamoDB itself behaves.
 *
 * Every write also makes a stream record, which a test can deliver.
 */
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import type { DynamoDBRecord } from "aws-lambda";
import { share } from "../../../lambdas/domain/values/hash.ts";
import { type Given, type Item, meets, updated } from "./expressions.ts";
import { type Answer, Fault, type Input } from "./loopback.ts";

type Raw = Record<string, AttributeValue>;

/** The part of a request that names an item, or a condition. */
interface Request {
  readonly TableName: string;
  readonly Key?: Raw;
  readonly Item?: Raw;
  readonly ConditionExpression?: string;
  readonly KeyConditionExpression?: string;
  readonly FilterExpression?: string;
  readonly Segment?: number;
  readonly TotalSegments?: number;
  readonly UpdateExpression?: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Raw;
}

interface Table {
  readonly key: readonly string[];
  readonly items: Map<string, Item>;
  readonly stream: DynamoDBRecord[];
}

const plain = (raw: Raw | undefined): Item => unmarshall(raw ?? {});
const stored = (item: Item) => marshall(item, { removeUndefinedValues: true });

export class Tables {
  private readonly tables: ReadonlyMap<string, Table>;
  private sequence = 0;

  /** The attributes of each table's key, the sort key last. */
  constructor(keys: Readonly<Record<string, readonly string[]>>) {
    const empty = ([name, key]: [string, readonly string[]]): [string, Table] => [
      name,
      { key, items: new Map(), stream: [] },
    ];
    this.tables = new Map(Object.entries(keys).map(empty));
  }

  items(table: string): Item[] {
    return [...this.table(table).items.values()];
  }

  put(table: string, item: Item): void {
    this.write({ TableName: table, Item: stored(item) });
  }

  /** The stream records since the last call. */
  changes(table: string): DynamoDBRecord[] {
    return this.table(table).stream.splice(0);
  }

  readonly answers: Readonly<Record<string, Answer>> = {
    GetItem: (input) => {
      const item = this.find(request(input));
      return item ? { Item: stored(item) } : {};
    },
    BatchGetItem: ({ RequestItems }) => {
      const asked = Object.entries(RequestItems as Record<string, { Keys: Raw[] }>);
      const found = ([TableName, { Keys }]: (typeof asked)[number]) =>
        Keys.flatMap((Key): Item[] => [this.find({ TableName, Key }) ?? []].flat()).map(stored);
      return { Responses: Object.fromEntries(asked.map((one) => [one[0], found(one)])) };
    },
    Query: (input) => {
      const { TableName, KeyConditionExpression = "", ...more } = request(input);
      const found = this.items(TableName).filter((item) => meets(item, KeyConditionExpression, given(more)));
      return { Items: found.map(stored), Count: found.length };
    },
    /** One page holds a whole segment. */
    Scan: (input) => {
      const { TableName, FilterExpression = "", Segment = 0, TotalSegments = 1, ...more } = request(input);
      const found = this.items(TableName).filter(
        (item) =>
          Math.floor((share(String(item.customerId)) * TotalSegments) / 100) === Segment &&
          meets(item, FilterExpression, given(more)),
      );
      return { Items: found.map(stored), Count: found.length };
    },
    PutItem: (input) => this.one(request(input)),
    UpdateItem: (input) => this.one(request(input)),
    TransactWriteItems: ({ TransactItems }) => {
      const writes = (TransactItems as Record<string, Request>[]).flatMap((one) => Object.entries(one));
      const reasons = writes.map(([, each]) => ({ Code: this.holds(each) ? "None" : "ConditionalCheckFailed" }));
      if (reasons.some(({ Code }) => Code !== "None"))
        throw new Fault("TransactionCanceledException", "cancelled", 400, { CancellationReasons: reasons });
      for (const [kind, each] of writes) if (kind !== "ConditionCheck") this.write(each);
      return {};
    },
    BatchWriteItem: ({ RequestItems }) => {
      const tables = Object.entries(RequestItems as Record<string, { DeleteRequest: { Key: Raw } }[]>);
      for (const [TableName, all] of tables)
        for (const { DeleteRequest } of all) this.write({ TableName, ...DeleteRequest });
      return { UnprocessedItems: {} };
    },
  };

  private one(each: Request): object {
    if (!this.holds(each)) throw new Fault("ConditionalCheckFailedException");
    const before = this.write(each);
    return before ? { Attributes: stored(before) } : {};
  }

  private holds({ ConditionExpression, ...each }: Request): boolean {
    return ConditionExpression === undefined || meets(this.find(each), ConditionExpression, given(each));
  }

  /** Puts, updates, or (without anything to put) deletes an item. The answer is the item before. */
  private write(each: Request): Item | undefined {
    const { items, stream } = this.table(each.TableName);
    const id = this.id(each);
    const before = items.get(id);
    const after =
      each.UpdateExpression === undefined
        ? each.Item && plain(each.Item)
        : updated(before ?? plain(each.Key), each.UpdateExpression, given(each));
    if (after) items.set(id, after);
    else items.delete(id);
    const images = { ...(before && { OldImage: stored(before) }), ...(after && { NewImage: stored(after) }) };
    stream.push({
      eventName: after ? (before ? "MODIFY" : "INSERT") : "REMOVE",
      dynamodb: { ...images, SequenceNumber: String(++this.sequence) },
    } as DynamoDBRecord);
    return before;
  }

  private find(each: Request): Item | undefined {
    return this.table(each.TableName).items.get(this.id(each));
  }

  private id(each: Request): string {
    const item = plain(each.Key ?? each.Item);
    const values = this.table(each.TableName).key.map((name) => item[name]);
    if (values.includes(undefined)) throw new Fault("ValidationException", "The key has not all of its attributes.");
    return JSON.stringify(values);
  }

  private table(name: string): Table {
    const table = this.tables.get(name);
    if (!table) throw new Fault("ResourceNotFoundException", `There is no table ${name}.`);
    return table;
  }
}

const request = (input: Input) => input as unknown as Request;

function given({ ExpressionAttributeValues, ExpressionAttributeNames = {} }: Omit<Request, "TableName">): Given {
  return { values: plain(ExpressionAttributeValues), names: ExpressionAttributeNames };
}
