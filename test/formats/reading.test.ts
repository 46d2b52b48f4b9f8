/**
 * This release can read everything that `formats.txt` lists. The ports read the stored items and must drop nothing. The
 * functions accept the links, tags, executions and deliveries that an earlier release sent.
 */
import { marshall } from "@aws-sdk/util-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { deadLetterOf } from "../../stack/redrive/dead-letter.ts";
import { journeys } from "./documents.ts";
import {
  breakers,
  cart,
  email,
  functions,
  live,
  publishing,
  put,
  putStoredItems,
  SECOND,
  stack,
  store,
  T0,
  tables,
  templates,
  waiting,
  without,
} from "./earlier-release.ts";
import { stored } from "./golden.ts";
import type { Plain } from "./memory-tables.ts";
import { ANN } from "./observer.ts";

beforeAll(() => functions.start("2026-01-05T10:05:00Z"), 60_000);
afterAll(() => functions.stop());

beforeEach(putStoredItems);

describe("the ports read", () => {
  test("a customer", async () =>
    expect(await store.customer(ANN)).toEqual({
      customerId: ANN,
      revision: 1,
      attributes: { country: "DE", email: "ann@shop.example", topics: { offers: true } },
      tags: ["a", "b"],
      times: { country: SECOND, email: SECOND, tags: SECOND, "topics.offers": SECOND },
      changedAt: SECOND,
      changedBy: "e-1",
      changedByName: "cart.left",
      hops: 0,
    }));

  test("a tombstone", async () => {
    put("customers", stored("Customers: profile", "tombstone"));
    expect(await store.customer(ANN)).toMatchObject({ revision: 4, deletedAt: "2026-01-07T10:00:00.000Z" });
  });

  const event = {
    id: "e-1",
    name: "cart.left",
    customerId: ANN,
    time: SECOND,
    wholeSecond: true,
    data: { cartId: "cart 7", total: 80.5 },
    changes: { email: "ann@shop.example", topics: { offers: true }, tags: ["b", "a"], country: "DE" },
    deliveryId: "delivery-of-e-1",
    handledAt: T0,
    hops: 0,
    system: false,
  };

  test("an event, by its id", async () => expect(await store.event(ANN, "e-1")).toEqual(event));

  test("an event, by its name and time", async () =>
    expect(await store.events(ANN, "cart.left", "2026-01-05T09:59:59.999Z")).toEqual([event]));

  test("no event that is not later than the given time", async () =>
    expect(await store.events(ANN, "cart.left", SECOND)).toEqual([]));

  test("a waiting enrollment with all attributes", async () => {
    const enrollment = without(waiting, "sk", "active");
    expect(await store.enrollment(cart)).toEqual(enrollment);
    expect(await store.enrollments(ANN)).toEqual([enrollment]);
    expect(await stack.enrollments(ANN)).toEqual([enrollment]);
  });

  test("an enrollment by its journey, and by its due time", async () => {
    expect(await Array.fromAsync(store.inside("cart"))).toEqual([{ ...cart, dueAt: "2026-01-07T10:05:00.250Z" }]);
    expect(await Array.fromAsync(store.overdue("2026-01-08T00:00:00.000Z"))).toEqual([cart]);
    expect(await Array.fromAsync(store.overdue("2026-01-06T00:00:00.000Z"))).toEqual([]);
  });

  test("how often a customer entered, with a key and without", async () => {
    const about = { count: 1, customerId: ANN, lastEnteredAt: T0, revision: 1 };
    expect(await store.entry(ANN, "cart", "cart 7")).toEqual({ ...about, journeyId: "cart", key: "cart 7" });
    expect(await store.entry(ANN, "moved", undefined)).toEqual({ ...about, journeyId: "moved" });
  });

  test("the send log", async () =>
    expect(await store.sendLog(ANN)).toEqual({
      customerId: ANN,
      revision: 1,
      sends: [{ at: T0, class: "marketing", messageId: `${cart.enrollmentId}-2` }],
    }));

  test("counts in one item and in several items", async () => {
    expect(await breakers.counts("cart")).toMatchObject({ entered: 1, "exited.bought": 1, "message.remind.sent": 1 });
    expect(await stack.counts("raffle")).toEqual({
      "component.second.entered": 1,
      "component.second.left.from-65": 1,
    });
  });

  test("a breaker, and the reason why it is open", async () => {
    const { held } = stored<{ held: object }>("Counters", "breaker");
    const breaker = without(stored("Counters", "breaker"), "journey", "scope");
    expect(await breakers.get("cart")).toEqual({ ...breaker, journeyId: "cart" });
    expect(await breakers.hold("cart")).toEqual(held);
    expect(await stack.held("cart")).toEqual(held);
  });

  test("a live journey, its version, a draft and the document", async () => {
    const version = stored("Journeys", "version");
    expect(await live.live("noted")).toEqual({
      version: 1,
      journey: { ...version, name: "Noted", status: "active" },
      publishedAt: "2026-01-05T09:59:00.000Z",
      awaited: ["order.placed"],
      order: stored("Journeys", "pointer").order,
    });
    expect(await live.version("noted", 1)).toEqual(version);
    expect(await live.newest("noted")).toEqual({ version: 1, journey: version });
    expect((await live.live("idea"))?.journey).toMatchObject({ id: "idea", status: "draft" });
    expect(await stack.journey("noted")).toEqual(stored("Journeys", "document"));
    expect((await stack.pointers()).map(({ journeyId }) => journeyId).sort()).toEqual(["cart", "noted"]);
  });

  test("a draft of an older release, which is among the live pointers, until it goes live there", async () => {
    put("journeys", { ...stored("Journeys", "draft"), id: "~live", version: "older", name: "Older" });
    const draft = await live.live("older");
    expect(draft).toMatchObject({ version: 0, journey: { name: "Older", status: "draft" } });
    expect((await live.catalog()).triggeredBy("cart.noted").map(({ journey }) => journey.id)).not.toContain("idea");
    if (!draft) throw new Error("The draft is not read.");
    const publication = { state: "draft", version: 0, at: T0, problems: [] } as const;
    const again = { ...draft, journey: { ...draft.journey, name: "Again" } };
    expect(await publishing.publish("older", again, publication, { document: {}, order: "z" })).toBe(true);
    expect((await live.live("older"))?.journey.name).toBe("Again");
  });

  test("a pointer of an older release, which has no order: every save is later", async () => {
    const cartLive = await live.live("cart");
    expect(cartLive?.order).toBeUndefined();
    const publication = { state: "published", version: 1, at: T0, problems: [] } as const;
    expect(await publishing.publish("cart", cartLive, publication, { document: journeys.cart, order: "" })).toBe(true);
  });

  test("a template", async () => {
    const { publication: _, ...saved } = stored<{ publication: unknown }>("Journeys", "template");
    expect(await templates.get("reminder")).toEqual(saved);
    put("templates", { ...stored<Record<string, unknown>>("Journeys", "liveTemplate"), order: "9" });
    put("templates", { ...saved, text: "A draft" });
    expect(await templates.get("reminder")).toEqual(saved);
    expect([...(await templates.known(["reminder"]))]).toEqual([["reminder", "marketing"]]);
  });
});

describe("the functions accept what an earlier release sent", () => {
  test("the link in a mail unsubscribes its customer from its topic", async () => {
    const link = email.Content.Simple.Headers[0]?.Value.slice(1, -1) ?? "";
    await unsubscribe(link);
    expect(tables.get("customers", [ANN, "profile"])?.attributes).toMatchObject({ topics: { news: false } });
  });

  test("a link without a topic unsubscribes from all", async () => {
    const { data } = stored<{ Detail: { data: { unsubscribeUrl: string } } }>("Bus", "requested").Detail;
    await unsubscribe(data.unsubscribeUrl);
    expect(tables.get("customers", [ANN, "profile"])?.attributes).toMatchObject({ unsubscribed: true });
  });

  async function unsubscribe(link: string): Promise<void> {
    const queryStringParameters = Object.fromEntries(new URL(link).searchParams);
    const request = { queryStringParameters, requestContext: { http: { method: "POST" } } };
    expect(await functions.call("unsubscribe", request)).toMatchObject({ statusCode: 200 });
  }

  test("a report of SES finds its message by the tags and wakes the waiting execution", async () => {
    const tags = Object.fromEntries(email.EmailTags.map(({ Name, Value }) => [Name, [Value]]));
    const detail = { eventType: "Open", mail: { tags }, open: { timestamp: "2026-01-05T10:04:00Z" } };
    await functions.message("message-status", JSON.stringify({ time: "2026-01-05T10:04:00Z", detail }));
    const [message] = (await store.enrollment(cart))?.messages ?? [];
    expect(message?.statuses).toMatchObject({ read: "2026-01-05T10:04:00.000Z" });
    expect(functions.aws.taken("SendTaskSuccess")).toEqual([stored("Executions", "signal")]);
  });

  test("a report of an app finds its message by the id", async () => {
    const { messageId } = stored<{ Detail: { data: Plain } }>("Bus", "sent").Detail.data;
    await functions.event("message.status", { customerId: ANN, data: { messageId, status: "replied" } });
    expect((await store.enrollment(cart))?.messages[0]?.statuses).toHaveProperty("replied");
  });

  test("an execution continues from its input", async () => {
    const ref = JSON.parse(String(stored("Executions", "start").input)) as Plain;
    expect(await functions.call("advance", ref)).toMatchObject(
      without(stored("Executions", "awaitSignal"), "timeoutSeconds"),
    );
  });

  test("a recheck starts the enrollment of its delivery and does not store the event again", async () => {
    tables.remove("customers", marshall({ customerId: ANN, sk: "event#e-1" }));
    await functions.message("trigger-matcher", String(stored("Queues", "again").MessageBody));
    expect(functions.aws.taken("StartExecution")).toEqual([stored("Executions", "start")]);
    expect(await store.event(ANN, "e-1")).toBeUndefined();
  });

  test("an event that an older release has handled does not enroll the customer a second time", async () => {
    const data = { cartId: "cart 7", total: 80.5 };
    await functions.event("cart.left", { id: "e-1", customerId: ANN, data });
    expect((await store.enrollments(ANN)).map(({ enrollmentId }) => enrollmentId)).toEqual([cart.enrollmentId]);
  });

  test("a dead letter names the customer, the event and the reason", () => {
    const { MessageBody: body, MessageAttributes } = stored("Queues", "deadLetter");
    const { StringValue: reason = "" } = (MessageAttributes as { reason: { StringValue?: string } }).reason;
    expect(deadLetterOf("events", { messageId: "m", body: String(body), attributes: { reason } })).toEqual({
      messageId: "m",
      queue: "events",
      what: "cart.left",
      customerId: "",
      time: "2026-01-08T10:00:00Z",
      reason,
      rejected: true,
    });
  });
});
