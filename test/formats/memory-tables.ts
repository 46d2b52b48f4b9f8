/**
 * The four tables in memory, with the answers that DynamoDB sends. Items stay marshalled, conditions are checked, and
 * every change is recorded with both images, as a stream record has them. Projections are not applied.
 */
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";

export type Wire = Record<string, AttributeValue>;
export type Plain = Record<string, unknown>;

export interface Change {
  readonly table: string;
  readonly before: Wire | undefined;
  readonly after: Wire | undefined;
}

/** The members of a request that are used here. Every action uses the same names. */
interface Request {
  readonly TableName: string;
  readonly Key: Wire;
  readonly Item: Wire;
  readonly ConditionExpression?: string;
  readonly UpdateExpression: string;
  readonly KeyConditionExpression: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Wire;
  readonly ReturnValues?: string;
}

type Write = { readonly [K in "Put" | "Update" | "Delete" | "ConditionCheck"]?: Request };

const keys: Readonly<Record<string, readonly string[]>> = {
  customers: ["customerId", "sk"],
  counters: ["journey", "scope"],
  journeys: ["id", "version"],
  templates: ["id"],
};

export class MemoryTables {
  readonly changes: Change[] = [];
  private readonly tables = new Map(Object.keys(keys).map((name) => [name, new Map<string, Wire>()]));

  /** An item, unmarshalled. */
  get(table: string, key: readonly string[]): Plain | undefined {
    const item = this.table(table).get(key.join("\n"));
    return item && unmarshall(item, { wrapNumbers: Number });
  }

  all(table: string): Plain[] {
    return [...this.table(table).values()].map((item) => unmarshall(item, { wrapNumbers: Number }));
  }

  put(table: string, item: Wire): void {
    this.apply({ Put: { TableName: table, Item: item } as Request });
  }

  remove(table: string, key: Wire): void {
    this.apply({ Delete: { TableName: table, Key: key } as Request });
  }

  answer(action: string, input: unknown): object | undefined {
    return (this.actions[action] as ((input: unknown) => object) | undefined)?.(input);
  }

  private readonly actions: Readonly<Record<string, unknown>> = {
    GetItem: ({ TableName, Key }: Request) => ({ Item: this.table(TableName).get(keyOf(TableName, Key)) }),
    PutItem: (input: Request) => this.write([{ Put: input }]),
    UpdateItem: (input: Request) => {
      const before = this.table(input.TableName).get(keyOf(input.TableName, input.Key));
      this.write([{ Update: input }]);
      return input.ReturnValues === undefined ? {} : { Attributes: before ?? {} };
    },
    TransactWriteItems: ({ TransactItems }: { TransactItems: Write[] }) => this.write(TransactItems),
    /** All items are in the first segment. */
    Scan: ({ TableName, Segment }: Request & { Segment: number }) => ({
      Items: Segment === 0 ? [...this.table(TableName).values()].filter(({ sk }) => sk?.S === "profile") : [],
    }),
    Query: (input: Request) => ({
      Items: [...this.table(input.TableName).values()].filter((item) =>
        holds(input.KeyConditionExpression, item, input),
      ),
    }),
    BatchGetItem: ({ RequestItems }: { RequestItems: Record<string, { Keys: Wire[] }> }) => ({
      Responses: Object.fromEntries(
        Object.entries(RequestItems).map(([name, { Keys }]) => [
          name,
          Keys.map((key) => this.table(name).get(keyOf(name, key))).filter((item) => item !== undefined),
        ]),
      ),
    }),
    BatchWriteItem: ({ RequestItems }: { RequestItems: Record<string, { DeleteRequest: { Key: Wire } }[]> }) => {
      for (const [TableName, requests] of Object.entries(RequestItems))
        for (const { DeleteRequest } of requests) this.apply({ Delete: { TableName, ...DeleteRequest } as Request });
      return {};
    },
  };

  private table(name: string): Map<string, Wire> {
    const table = this.tables.get(name);
    if (!table) throw new Error(`There is no table ${name}.`);
    return table;
  }

  /** All or nothing. */
  private write(writes: readonly Write[]): object {
    const failed = writes.some((write) => {
      const [request] = Object.values(write) as Request[];
      if (request?.ConditionExpression === undefined) return false;
      const key = keyOf(request.TableName, request.Key ?? request.Item);
      return !holds(request.ConditionExpression, this.table(request.TableName).get(key) ?? {}, request);
    });
    if (failed) {
      const __type = writes.length > 1 ? "TransactionCanceledException" : "ConditionalCheckFailedException";
      const CancellationReasons = writes.map(() => ({ Code: "ConditionalCheckFailed" }));
      throw Object.assign(new Error("a condition failed"), { answer: { __type, CancellationReasons } });
    }
    for (const write of writes) this.apply(write);
    return {};
  }

  private apply({ Put, Update, Delete }: Write): void {
    const request = Put ?? Update ?? Delete;
    if (!request) return;
    const table = this.table(request.TableName);
    const key = keyOf(request.TableName, request.Key ?? request.Item);
    const before = table.get(key);
    const after = Put ? Put.Item : Update && updated(before ?? Update.Key, Update);
    if (after) table.set(key, after);
    else table.delete(key);
    this.changes.push({ table: request.TableName, before, after });
  }
}

function keyOf(table: string, item: Wire): string {
  return (keys[table] ?? []).map((name) => textOf(table, name, item[name])).join("\n");
}

function textOf(table: string, name: string, value: AttributeValue | undefined): string {
  if (value?.S === undefined) throw new Error(`The key attribute ${name} of the table ${table} is missing.`);
  return value.S;
}

/** `SET a = :v`, `SET a = a + :v`, `ADD a :v, b :w`, or a SET and an ADD. */
function updated(item: Wire, { UpdateExpression, ...request }: Request): Wire {
  const [first = "", ...others] = UpdateExpression.split(/ (?=ADD )/);
  const [second] = others;
  if (second !== undefined)
    return updated(updated(item, { ...request, UpdateExpression: first }), { ...request, UpdateExpression: second });
  const [, verb, clauses = ""] = /^(SET|ADD) (.*)$/.exec(UpdateExpression) ?? [];
  const after: Wire = { ...item };
  for (const clause of clauses.split(", ")) {
    const [name = "", ...rest] = clause.split(verb === "SET" ? " = " : " ");
    const attribute = request.ExpressionAttributeNames?.[name] ?? name;
    const operands = verb === "SET" ? rest.join(" = ").split(" + ") : [name, ...rest];
    const values = operands.map((operand) =>
      operand.startsWith(":")
        ? request.ExpressionAttributeValues?.[operand]
        : item[request.ExpressionAttributeNames?.[operand] ?? operand],
    );
    const [only] = values;
    after[attribute] =
      values.length === 1 && only ? only : { N: String(values.reduce((sum, value) => sum + Number(value?.N ?? 0), 0)) };
  }
  return after;
}

/** Evaluates the conditions that the adapters use: comparisons and functions, joined by AND or by OR. */
function holds(expression: string, item: Wire, request: Request): boolean {
  const plain = unmarshall(item, { wrapNumbers: Number });
  const values = unmarshall(request.ExpressionAttributeValues ?? {}, { wrapNumbers: Number });
  const operand = (text: string): unknown => {
    if (text.startsWith(":")) return values[text];
    const names = text.split(".").map((name) => request.ExpressionAttributeNames?.[name] ?? name);
    return names.reduce<unknown>((found, name) => (found as Plain | undefined)?.[name], plain);
  };
  const one = (clause: string): boolean => {
    const [, name = "", first = "", second = ""] = /^(\w+)\(([^,)]+)(?:, ([^)]+))?\)$/.exec(clause) ?? [];
    if (name === "attribute_exists") return operand(first) !== undefined;
    if (name === "attribute_not_exists") return operand(first) === undefined;
    if (name === "begins_with") return String(operand(first)).startsWith(String(operand(second)));
    const [left = "", operator = "", right = ""] = clause.split(" ");
    const [a, b] = [operand(left), operand(right)] as [string, string];
    const compare = comparisons[operator];
    if (!compare) throw new Error(`The tables in memory do not know the condition ${clause}.`);
    return a !== undefined && compare(a, b);
  };
  return expression
    .replace(/(\S+) BETWEEN (\S+) AND (\S+)/, "$1 >= $2 AND $1 <= $3")
    .split(" OR ")
    .some((all) => all.split(" AND ").every(one));
}

const comparisons: Readonly<Record<string, (a: string, b: string) => boolean>> = {
  "=": (a, b) => a === b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">=": (a, b) => a >= b,
};
