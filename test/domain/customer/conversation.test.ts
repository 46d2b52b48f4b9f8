/** A conversation stays small, names the customer last written to first, and forgets a customer completely. */
import { describe, expect, test } from "vitest";
import {
  conversationOf,
  lifted,
  unknownAddress,
  withConversation,
} from "../../../lambdas/domain/customer/address-facts.ts";
import {
  type Conversation,
  emptyConversation,
  receivedAs,
  withCustomer,
  withMessageTo,
  withoutCustomer,
  withReceived,
} from "../../../lambdas/domain/customer/conversation.ts";
import { NOW } from "../../domain/enrolled.ts";

const empty = emptyConversation;
const written = (before: Conversation, customerId: string, messageId: string) =>
  withMessageTo(before, { channel: "sms", customerId, messageId, at: NOW });
const received = (before: Conversation, id: string, customerId = "c-1") => withReceived(before, { id, customerId });
const times = <T>(count: number, start: T, next: (before: T, index: number) => T): T =>
  Array.from({ length: count }, (_, index) => index).reduce(next, start);

describe("the customers", () => {
  test("are listed once, the one last written to first", () => {
    const both = written(written(withCustomer(empty, "c-1"), "c-2", "m-1"), "c-1", "m-2");
    expect([both.customers, withCustomer(both, "c-3").customers]).toEqual([
      ["c-1", "c-2"],
      ["c-1", "c-2", "c-3"],
    ]);
  });

  test("a customer who is listed already changes nothing", () => {
    const one = withCustomer(empty, "c-1");
    expect(withCustomer(one, "c-1")).toBe(one);
  });

  test("are twenty at most: a new customer takes the place of the customer with the oldest message", () => {
    const full = times(20, empty, (before, index) => withCustomer(before, `c-${index}`));
    expect(withCustomer(full, "c-20")).toBe(full);
    expect(written(full, "c-20", "m-1").customers).toEqual(["c-20", ...full.customers.slice(0, 19)]);
  });
});

test("the newest ten messages are kept, and a message that is claimed twice is listed once", () => {
  const many = times(12, empty, (before, index) => written(before, "c-1", `m-${index}`));
  expect(many.messages.map(({ messageId }) => messageId)).toEqual(
    [11, 10, 9, 8, 7, 6, 5, 4, 3, 2].map((n) => `m-${n}`),
  );
  expect(written(many, "c-1", "m-5").messages.map(({ messageId }) => messageId)).toEqual(
    [5, 11, 10, 9, 8, 7, 6, 4, 3, 2].map((n) => `m-${n}`),
  );
});

test("the decisions about the newest twenty inbound messages are kept", () => {
  const many = times(21, empty, (before, index) => received(before, `i-${index}`));
  expect([receivedAs(many, "i-20"), receivedAs(many, "i-1"), receivedAs(many, "i-0")]).toEqual([
    { id: "i-20", customerId: "c-1" },
    { id: "i-1", customerId: "c-1" },
    undefined,
  ]);
});

test("a customer who is removed is named nowhere, and the others stay", () => {
  const both = received(received(written(written(empty, "c-2", "m-2"), "c-1", "m-1"), "i-2", "c-2"), "i-1");
  const left = withoutCustomer(both, "c-1");
  expect(JSON.stringify(left)).not.toContain("c-1");
  expect([left.customers, left.messages.length, left.received.length]).toEqual([["c-2"], 1, 1]);
  expect(withoutCustomer(left, "c-1")).toBe(left);
});

test("a message or a decision of a customer who is not listed any more is removed too", () => {
  const displaced = { ...received(empty, "i-1"), customers: [] };
  expect(withoutCustomer(displaced, "c-1").received).toEqual([]);
});

describe("with the facts of its number", () => {
  const facts = { ...unknownAddress("hash"), reports: { "opted-out": NOW }, revision: 3 };

  test("each change has the next revision, and leaves the other facts alone", () => {
    const conversation = withCustomer(empty, "c-1");
    expect(withConversation(facts, conversation)).toEqual({ ...facts, conversation, revision: 4 });
  });

  test("no change stores nothing, and an empty conversation is not stored", () => {
    expect(withConversation(facts, conversationOf(facts))).toBe(facts);
    const listed = withConversation(facts, withCustomer(empty, "c-1"));
    expect(withConversation(listed, withoutCustomer(conversationOf(listed), "c-1"))).toEqual({ ...facts, revision: 5 });
  });

  test("is kept when a person lifts the reports", () => {
    const listed = withConversation(facts, withCustomer(empty, "c-1"));
    expect(lifted(listed, NOW)).toMatchObject({ reports: {}, lifted: NOW, conversation: { customers: ["c-1"] } });
  });
});
