/** `redrive` of failed batches of stream records: none is lost, even if the command fails. */
import { describe, expect, test } from "vitest";
import { MemoryStack } from "../memory-stack/stack.ts";
import { answer, command } from "../on-stack.ts";
import { shop } from "../shop.ts";
import { body } from "./dead-letters.ts";

describe("failed batches of stream records", () => {
  const table = (name: string) => `arn:aws:dynamodb:eu-central-1:1:table/Shop-${name}-1/stream/1`;
  const call = (Records: unknown[]) =>
    JSON.stringify({
      requestContext: { condition: "RetryAttemptsExhausted", approximateInvokeCount: 6 },
      timestamp: "2026-01-05T09:00:00.000Z",
      payload: JSON.stringify({ Records }),
    });
  const record = (SequenceNumber: string) => ({
    eventName: "INSERT",
    eventSourceARN: table("Customers"),
    dynamodb: { SequenceNumber, Keys: { customerId: { S: "eve" }, sk: { S: "profile" } } },
  });
  const save = (name: string) => ({
    eventName: "MODIFY",
    eventSourceARN: table("Journeys"),
    dynamodb: {
      SequenceNumber: "9",
      Keys: { id: { S: "cart" }, version: { S: "current" } },
      NewImage: { id: { S: "greeting" }, version: { S: "current" }, name: { S: name } },
    },
  });
  function failed() {
    const stack = new MemoryStack();
    stack.bucket.objects.set("aws/lambda/m/s/first", call([record("1"), record("2")]));
    stack.bucket.objects.set("aws/lambda/m/s/second", call([record("3")]));
    return stack;
  }

  test("are listed, after the messages in the dead-letter queues", async () => {
    const stack = failed();
    stack.events.put("m-1", body("ada"));
    const { exitCode, json, did } = await answer(stack, ["redrive", "--list"]);
    expect([exitCode, did]).toEqual([0, []]);
    expect(json.letters).toMatchObject([
      { messageId: "m-1" },
      { messageId: "first", queue: "streams", what: "2 records for exit-evaluator", customerId: "eve", records: 2 },
      { messageId: "second", reason: "failed after 6 tries; see the log of exit-evaluator" },
    ]);
  });

  test("are passed to their function before they are deleted, the oldest first", async () => {
    const { exitCode, did } = await command(failed(), ["redrive"]);
    expect(did).toEqual(["evaluate 1 2", "delete first", "evaluate 3", "delete second"]);
    expect(exitCode).toBe(0);
  });

  test.each([
    ["one record fails again", { text: '{"batchItemFailures":[{"itemIdentifier":"1"}]}' }, "1 of 2 failed again"],
    ["the function fails", { text: '{"errorMessage":"no table"}', error: "Unhandled" }, "failed again: no table"],
    ["the function says nothing of how it failed", { text: "", error: "Unhandled" }, "failed again: Unhandled"],
  ])("stay when %s: exit code 1", async (_, said, stays) => {
    const stack = failed();
    stack.bucket.answer = said;
    const { exitCode, json, did, err } = await answer(stack, ["redrive", "first"]);
    expect([exitCode, did, json.letters]).toMatchObject([1, ["evaluate 1 2"], [{ messageId: "first", stays }]]);
    expect(err).toContain("1 dead letter could not be replayed and stayed.");
    expect([...stack.bucket.objects.keys()]).toHaveLength(2);
    const { out } = await command(stack, ["redrive", "first"]);
    expect(out).toContain(stays);
    expect(out).toContain("0 dead letters replayed.");
  });

  test("are deleted when the function reports no failure", async () => {
    const stack = failed();
    stack.bucket.answer = { text: "" };
    expect((await command(stack, ["redrive", "second"])).did).toEqual(["evaluate 3", "delete second"]);
  });

  test("--drop --yes deletes them without calling the function", async () => {
    const { did } = await command(failed(), ["redrive", "second", "--drop", "--yes"]);
    expect(did).toEqual(["delete second"]);
  });

  test("an object that Lambda did not write stays at a replay; only --drop deletes it", async () => {
    const stack = new MemoryStack();
    stack.bucket.objects.set("aws/lambda/m/s/odd", "{}");
    const { exitCode, json, did } = await answer(stack, ["redrive"]);
    expect([exitCode, did, json.letters]).toMatchObject([
      1,
      [],
      [{ what: "?", stays: "the object cannot be replayed" }],
    ]);
    expect((await command(stack, ["redrive", "--drop", "--yes"])).did).toEqual(["delete odd"]);
  });

  describe("of a saved journey", () => {
    const saved = async (name: string) => {
      const stack = await shop();
      await stack.replaceJourney({ id: "greeting", name: "Greeting" }, undefined);
      stack.bucket.objects.set("aws/lambda/m/s/save", call([save(name)]));
      return stack;
    };

    test("save the current document again, and wait for the outcome", async () => {
      const { exitCode, did } = await command(await saved("Greeting"), ["redrive"]);
      expect(did).toEqual(["wait for greeting", "save greeting", "wait for greeting", "delete save"]);
      expect(exitCode).toBe(0);
    });

    test("never undo a newer save", async () => {
      const stack = await saved("Old");
      const { exitCode, did } = await command(stack, ["redrive"]);
      expect([exitCode, did]).toEqual([0, ["delete save"]]);
      expect(await stack.journey("greeting")).toMatchObject({ name: "Greeting" });
    });

    test("stay when the stack does not answer: exit code 1", async () => {
      const stack = await saved("Greeting");
      stack.answers = false;
      const { exitCode, json } = await answer(stack, ["redrive"]);
      expect([exitCode, json.letters]).toMatchObject([
        1,
        [{ stays: expect.stringContaining("has not reported an outcome") }],
      ]);
      expect(stack.bucket.objects.size).toBe(1);
    });
  });
});
