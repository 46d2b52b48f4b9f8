/** Reads of the tables of a deployed stack: the request of each call, and how the answer is read. */
import { describe, expect, test } from "vitest";
import { DeployedStack } from "../../../stack/deployed/stack.ts";
import { at, settings, stackWith } from "./given.ts";

describe("reading", () => {
  test("returns the saved journeys of all pages, by id, without versions and pointers", async () => {
    const { stack, calls } = stackWith({
      ScanCommand: [
        {
          Items: [
            { id: "z", version: "current" },
            { id: "a", version: "v1" },
          ],
          LastEvaluatedKey: { id: "a" },
        },
        {
          Items: [
            { id: "a", version: "current" },
            { id: "~live", version: "a" },
          ],
        },
      ],
    });
    expect((await stack.journeys()).map(({ id, version }) => `${id} ${version}`)).toEqual(["a current", "z current"]);
    expect(calls.map(({ input }) => input)).toMatchObject([
      { TableName: "Journeys", ConsistentRead: true },
      { TableName: "Journeys", ConsistentRead: true, ExclusiveStartKey: { id: "a" } },
    ]);
  });

  test("returns templates by id", async () => {
    const { stack, calls } = stackWith({ ScanCommand: { Items: [{ id: "b" }, { id: "a" }] } });
    expect(await stack.templates()).toEqual([{ id: "a" }, { id: "b" }]);
    expect(calls[0]?.input).toMatchObject({ TableName: "Templates", ConsistentRead: true });
  });

  test.each<[string, (stack: DeployedStack) => Promise<unknown>, string, object]>([
    ["a saved journey", (stack) => stack.journey("cart"), "Journeys", { id: "cart", version: "current" }],
    ["a frozen version", (stack) => stack.version("cart", 3), "Journeys", { id: "cart", version: "v3" }],
    ["a template", (stack) => stack.template("hello"), "Templates", { id: "hello" }],
    ["a hold", (stack) => stack.held("cart"), "Counters", { journey: "cart", scope: "breaker" }],
  ])("%s is one item, read consistently", async (_, read, TableName, Key) => {
    const { stack, calls } = stackWith({ GetItemCommand: { Item: { held: "h" } } });
    expect(await read(stack)).toBeDefined();
    expect(calls).toEqual([{ name: "GetItemCommand", input: { TableName, Key, ConsistentRead: true } }]);
    expect(await read(stackWith({ GetItemCommand: {} }).stack)).toBeUndefined();
  });

  test("returns the live version and status from the pointers", async () => {
    const { stack, calls } = stackWith({
      QueryCommand: { Items: [{ id: "~live", version: "cart", number: 2, status: "paused", name: "Cart", at }] },
    });
    expect(await stack.pointers()).toEqual([{ journeyId: "cart", number: 2, status: "paused", name: "Cart", at }]);
    expect(calls[0]?.input).toMatchObject({
      TableName: "Journeys",
      ExpressionAttributeNames: { "#key": "id" },
      ExpressionAttributeValues: { ":value": "~live" },
      ConsistentRead: true,
    });
  });

  test("returns a customer's items from all pages", async () => {
    const { stack, calls } = stackWith({
      QueryCommand: [{ Items: [{ sk: "a" }], LastEvaluatedKey: { sk: "a" } }, { Items: [{ sk: "b" }] }],
    });
    expect(await stack.customer("ada")).toEqual([{ sk: "a" }, { sk: "b" }]);
    expect(calls.map(({ input }) => input)).toMatchObject([
      {
        TableName: "Customers",
        KeyConditionExpression: "#key = :value",
        ExpressionAttributeNames: { "#key": "customerId" },
        ExpressionAttributeValues: { ":value": "ada" },
        ConsistentRead: true,
      },
      { ExclusiveStartKey: { sk: "a" } },
    ]);
  });

  test("sums the counts of 16 shards, without zeros", async () => {
    const first = [{ journey: "cart#0", scope: "journey", entered: 2, active: 1 }];
    const second = [
      { journey: "cart#1", scope: "journey", entered: 1, active: -1 },
      { journey: "cart#1", scope: "message.remind", sent: 4 },
    ];
    const { stack, calls } = stackWith({
      QueryCommand: Array.from({ length: 16 }, (_, shard) => ({ Items: [first, second][shard] ?? [] })),
    });
    expect(await stack.counts("cart")).toEqual({ entered: 3, "message.remind.sent": 4 });
    const asked = calls.map(({ input }) => (input.ExpressionAttributeValues as Record<string, string>)[":value"]);
    expect(asked).toEqual(Array.from({ length: 16 }, (_, shard) => `cart#${shard}`));
    expect(calls[0]?.input).toMatchObject({ TableName: "Counters", ConsistentRead: true });
  });

  test("the overviews of many journeys come in requests of 100 keys, and keys that were not read are read again", async () => {
    const ids = Array.from({ length: 12 }, (_, n) => `j-${n}`);
    const held = { kind: "bounces", reports: 30, sent: 200, at: "2026-01-05T10:00:00.000Z" };
    const left = { journey: "j-1#3", scope: "journey" };
    const { stack, calls } = stackWith({
      BatchGetItemCommand: [
        {
          Responses: { Counters: [{ journey: "j-0#0", scope: "journey", entered: 2, active: 1 }] },
          UnprocessedKeys: { Counters: { Keys: [left] } },
        },
        {
          Responses: { Counters: [{ journey: "j-0#1", scope: "journey", entered: 1, active: -1 }] },
        },
        { Responses: { Counters: [{ journey: "j-11", scope: "breaker", held }] } },
        { Responses: { Counters: [{ ...left, completed: 4 }] } },
      ],
    });
    expect([...(await stack.overviews(ids))]).toEqual([
      ["j-0", { counts: { entered: 3 } }],
      ["j-1", { counts: { completed: 4 } }],
      ["j-11", { counts: {}, held }],
    ]);
    const keys = calls.map(({ input }) => (input.RequestItems as { Counters: { Keys: object[] } }).Counters.Keys);
    expect(keys.map(({ length }) => length)).toEqual([100, 100, 4, 1]);
    expect(keys[0]?.slice(0, 2)).toEqual([
      { journey: "j-0#0", scope: "journey" },
      { journey: "j-0#1", scope: "journey" },
    ]);
    expect(keys[0]?.[16]).toEqual({ journey: "j-0", scope: "breaker" });
  });

  test("returns a journey's enrollments from the whole customers table, with progress after each page", async () => {
    const item = (enrollmentId: string) => ({ sk: `enrollment#${enrollmentId}`, enrollmentId, active: "cart#1" });
    const { stack, calls } = stackWith({
      ScanCommand: [
        { Items: [item("e-1")], ScannedCount: 500, LastEvaluatedKey: { sk: "x" } },
        { Items: [item("e-2")], ScannedCount: 20 },
      ],
    });
    const read: number[] = [];
    const found = await Array.fromAsync(stack.logs("cart", (items) => read.push(items)));
    expect(found).toEqual([{ enrollmentId: "e-1" }, { enrollmentId: "e-2" }]);
    expect(read).toEqual([500, 520]);
    expect(calls.map(({ input }) => input)).toMatchObject([
      {
        TableName: "Customers",
        FilterExpression: "begins_with(sk, :enrollment) AND journeyId = :journey",
        ExpressionAttributeValues: { ":enrollment": "enrollment#", ":journey": "cart" },
        ConsistentRead: true,
      },
      { ExclusiveStartKey: { sk: "x" } },
    ]);
  });

  test("an enrollment that is closed while the table is read counts once", async () => {
    const item = (customerId: string, sk: string) => ({ customerId, sk, enrollmentId: sk.replace(/.*#~?/, "") });
    const { stack } = stackWith({
      ScanCommand: [
        { Items: [item("a", "enrollment#e"), item("a", "enrollment#f")], LastEvaluatedKey: { sk: "x" } },
        { Items: [item("a", "enrollment#~e"), item("b", "enrollment#~e")] },
      ],
    });
    const found = await Array.fromAsync(stack.logs("cart", () => {}));
    expect(found.map(({ customerId, enrollmentId }) => `${customerId} ${enrollmentId}`)).toEqual(["a e", "a f", "b e"]);
  });

  test.each([
    ["journeys", "Journeys"],
    ["templates", "Templates"],
    ["counters", "Counters"],
    ["customers", "Customers"],
  ] as const)("every item of %s comes from all pages of its table", async (table, TableName) => {
    const { stack, calls } = stackWith({
      ScanCommand: [{ Items: [{ id: "1" }], LastEvaluatedKey: { id: "1" } }, { Items: [{ id: "2" }] }],
    });
    expect(await Array.fromAsync(stack.scan(table))).toEqual([{ id: "1" }, { id: "2" }]);
    expect(calls.map(({ input }) => input)).toMatchObject([
      { TableName, ConsistentRead: true },
      { TableName, ConsistentRead: true },
    ]);
  });

  test.each([
    [undefined, {}],
    [100, { Segment: 0, TotalSegments: 100 }],
  ])("of the customers table, one of %s parts is read, without paying for the newest writes", async (parts, part) => {
    const { stack, calls } = stackWith({
      ScanCommand: [{ Items: [{ id: "1" }], LastEvaluatedKey: { id: "1" } }, { Items: [{ id: "2" }] }],
    });
    expect(await Array.fromAsync(stack.scanCustomers(parts))).toEqual([{ id: "1" }, { id: "2" }]);
    expect(calls.map(({ input }) => input)).toEqual([
      expect.objectContaining({ TableName: "Customers", ...part }),
      expect.objectContaining({ TableName: "Customers", ...part, ExclusiveStartKey: { id: "1" } }),
    ]);
    expect(calls.filter(({ input }) => "ConsistentRead" in input)).toEqual([]);
  });

  test("names an output that the stack does not have", () => {
    expect(() => new DeployedStack({}, settings).output("EventBusName")).toThrow(/no output EventBusName\. Deploy/);
  });
});
