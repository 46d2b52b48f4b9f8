/** Saves in the tables of a deployed stack: the item that each call writes, and its condition. */
import { describe, expect, test } from "vitest";
import { ConflictError } from "../../../lambdas/app/errors.ts";
import type { DeployedStack } from "../../../stack/deployed/stack.ts";
import { WaitedInVain } from "../../../stack/deployed/until.ts";
import type { StoredJourney } from "../../../stack/stack.ts";
import { at, cart, stackWith } from "./given.ts";

const publication = { state: "published", version: 1, at, problems: [] } as const;

const before: StoredJourney = { id: "cart", version: "current", status: "active", publication };

const changed = Object.assign(new Error("changed"), { name: "ConditionalCheckFailedException" });

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
