/** The tables of a deployed stack: the item that each call reads or writes, and its condition. */
import { describe, expect, test } from "vitest";
import { DeployedStack } from "../../cli/deployed/stack.ts";
import { WaitedInVain } from "../../cli/deployed/until.ts";
import type { StoredJourney } from "../../cli/stack/stack.ts";
import { ConflictError } from "../../lambdas/app/errors.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import { type Answers, recorded } from "./recorded.ts";
import { cart as document } from "./shop.ts";

const cart = document as unknown as Journey;

const outputs = {
  JourneysTableName: "Journeys",
  TemplatesTableName: "Templates",
  CountersTableName: "Counters",
  CustomersTableName: "Customers",
  EventBusName: "Bus",
};
const settings = { region: "eu-central-1", credentials: { accessKeyId: "a", secretAccessKey: "b" } };

function stackWith(answers: Answers) {
  const stack = new DeployedStack(outputs, settings);
  return { stack, calls: recorded(stack.items, answers) };
}
const at = "2026-01-05T10:00:00.000Z";
const publication = { state: "published", version: 1, at, problems: [] } as const;
const before: StoredJourney = { id: "cart", version: "current", status: "active", publication };
const changed = Object.assign(new Error("changed"), { name: "ConditionalCheckFailedException" });

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

  test("names an output that the stack does not have", () => {
    expect(() => new DeployedStack({}, settings).output("EventBusName")).toThrow(/no output EventBusName\. Deploy/);
  });
});

describe("saving", () => {
  const document = { id: "cart", name: "Cart", publication };

  test.each<[string, StoredJourney | undefined, object]>([
    ["a new journey: only where none is", undefined, { ConditionExpression: "attribute_not_exists(id)" }],
    [
      "over a journey with an outcome: only while the outcome is the same",
      before,
      {
        ConditionExpression: "publication.#at = :at",
        ExpressionAttributeNames: { "#at": "at" },
        ExpressionAttributeValues: { ":at": at },
      },
    ],
    [
      "over a journey without an outcome: only while it exists without an outcome",
      { id: "cart", version: "current" },
      { ConditionExpression: "attribute_exists(id) AND attribute_not_exists(publication)" },
    ],
  ])("%s", async (_, stored, condition) => {
    const { stack, calls } = stackWith({ PutItemCommand: {} });
    await stack.replaceJourney(document, stored);
    const Item = { id: "cart", name: "Cart", version: "current" };
    expect(calls).toEqual([{ name: "PutItemCommand", input: { TableName: "Journeys", Item, ...condition } }]);
  });

  test("a save of a status removes the previous outcome, under the same condition", async () => {
    const { stack, calls } = stackWith({ UpdateItemCommand: {} });
    await stack.replaceStatus(before, "paused");
    expect(calls).toEqual([
      {
        name: "UpdateItemCommand",
        input: {
          TableName: "Journeys",
          Key: { id: "cart", version: "current" },
          UpdateExpression: "SET #status = :status REMOVE publication",
          ConditionExpression: "publication.#at = :at",
          ExpressionAttributeNames: { "#at": "at", "#status": "status" },
          ExpressionAttributeValues: { ":at": at, ":status": "paused" },
        },
      },
    ]);
  });

  test("a template is saved only where none exists, or where each member is unchanged", async () => {
    const { stack, calls } = stackWith({ PutItemCommand: {} });
    await stack.replaceTemplate({ id: "hello", text: "Hi" }, undefined);
    await stack.replaceTemplate({ id: "hello", text: "Hi" }, { id: "hello", text: "Hello" });
    expect(calls.map(({ input }) => input)).toEqual([
      {
        TableName: "Templates",
        Item: { id: "hello", text: "Hi" },
        ConditionExpression: "attribute_not_exists(id)",
      },
      {
        TableName: "Templates",
        Item: { id: "hello", text: "Hi" },
        ConditionExpression: "#m0 = :m0 AND #m1 = :m1",
        ExpressionAttributeNames: { "#m0": "id", "#m1": "text" },
        ExpressionAttributeValues: { ":m0": "hello", ":m1": "Hello" },
      },
    ]);
  });

  test.each<[string, (stack: DeployedStack) => Promise<void>]>([
    ["a journey", (stack) => stack.replaceJourney(document, before)],
    ["a status", (stack) => stack.replaceStatus(before, "paused")],
    ["a template", (stack) => stack.replaceTemplate({ id: "hello" }, undefined)],
  ])("%s that another person changed meanwhile is a conflict; another error stays unchanged", async (_, save) => {
    const failing = (error: Error) => stackWith({ PutItemCommand: error, UpdateItemCommand: error }).stack;
    await expect(save(failing(changed))).rejects.toBeInstanceOf(ConflictError);
    const denied = Object.assign(new Error("no"), { name: "AccessDeniedException" });
    await expect(save(failing(denied))).rejects.toBe(denied);
  });

  test("a document is deleted only while it is as read, and a pointer only while the same save is live", async () => {
    const { stack, calls } = stackWith({ DeleteItemCommand: {} });
    await stack.deleteJourney(before);
    await stack.deletePointer("cart", { version: 1, journey: cart, publishedAt: at });
    const once = { ExpressionAttributeNames: { "#at": "at" }, ExpressionAttributeValues: { ":at": at } };
    expect(calls.map(({ input }) => input)).toEqual([
      {
        TableName: "Journeys",
        Key: { id: "cart", version: "current" },
        ConditionExpression: "publication.#at = :at",
        ...once,
      },
      { TableName: "Journeys", Key: { id: "~drafts", version: "cart" } },
      { TableName: "Journeys", Key: { id: "~live", version: "cart" }, ConditionExpression: "#at = :at", ...once },
    ]);
    calls.length = 0;
    await stack.deletePointer("cart", { version: 0, journey: cart, publishedAt: at });
    const ConditionExpression = "attribute_not_exists(#at) OR #at = :at";
    expect(calls.map(({ input }) => input)).toEqual(
      ["~drafts", "~live"].map((id) => ({
        TableName: "Journeys",
        Key: { id, version: "cart" },
        ConditionExpression,
        ...once,
      })),
    );
    await expect(stackWith({ DeleteItemCommand: changed }).stack.deleteJourney(before)).rejects.toBeInstanceOf(
      ConflictError,
    );
  });

  test("polls until there is an outcome", async () => {
    const { stack, calls } = stackWith({
      GetItemCommand: [{ Item: { id: "cart" } }, { Item: { id: "cart" } }, { Item: before }],
    });
    expect(await stack.outcome("cart")).toEqual(publication);
    expect(calls.map(({ input }) => input.Key)).toEqual(Array(3).fill({ id: "cart", version: "current" }));
  });

  test("fails with WaitedInVain when no outcome comes", async () => {
    const { stack } = stackWith({ GetItemCommand: { Item: { id: "cart" } } });
    await expect(stack.outcome("cart", 0.01)).rejects.toBeInstanceOf(WaitedInVain);
  });

  test("a save without a condition removes the old outcome and waits for a new one", async () => {
    const { stack, calls } = stackWith({ PutItemCommand: {}, GetItemCommand: { Item: before } });
    expect(await stack.save(document)).toEqual(publication);
    expect(calls.map(({ name }) => name)).toEqual(["PutItemCommand", "GetItemCommand"]);
    expect(calls[0]?.input).toEqual({ TableName: "Journeys", Item: { id: "cart", name: "Cart", version: "current" } });
  });
});

describe("the bus", () => {
  const entry = { Source: "shop", DetailType: "seen", Detail: "{}" };
  const busWith = (answers: Answers) => {
    const stack = new DeployedStack(outputs, settings);
    return { stack, calls: recorded(stack.events, answers) };
  };

  test("accepts events, and reports each refused event with the reason", async () => {
    const Entries = [{ EventId: "1" }, { ErrorCode: "Throttled", ErrorMessage: "later" }];
    const { stack, calls } = busWith({ PutEventsCommand: { FailedEntryCount: 1, Entries } });
    expect(await stack.putEvents([entry, entry])).toEqual([undefined, "later (Throttled)"]);
    const sent = { EventBusName: "Bus", ...entry };
    expect(calls).toEqual([{ name: "PutEventsCommand", input: { Entries: [sent, sent] } }]);
  });

  test("publishing one event fails when the bus refuses it", async () => {
    const { stack, calls } = busWith({ PutEventsCommand: { Entries: [{ EventId: "1" }] } });
    await stack.publish("seen", { customerId: "ada" }, "journeys-cli");
    expect(calls[0]?.input).toMatchObject({
      Entries: [{ Source: "journeys-cli", DetailType: "seen", Detail: '{"customerId":"ada"}' }],
    });
    const refusing = busWith({ PutEventsCommand: { Entries: [{ ErrorCode: "Throttled" }] } }).stack;
    await expect(refusing.publish("seen", {})).rejects.toThrow("The bus refused seen:  (Throttled)");
  });
});
