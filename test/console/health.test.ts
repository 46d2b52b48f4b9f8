/** The remedies of the page Health: each does what its command does, and a stack that is only read stays as it is. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RemedyDone } from "../../console/api/api.ts";
import { examples } from "../../console/engine/examples.ts";
import { embeddedPlace } from "../../console/place/embedded-place.ts";
import { Mails } from "../../console/place/mails.ts";
import type { Place } from "../../console/place/place.ts";
import type { Finding } from "../../insight/health/finding.ts";
import type { RemedyAction } from "../../insight/health/remedy.ts";
import { newBreaker } from "../../lambdas/domain/counters/breaker.ts";
import type { MemoryStack } from "../commands/memory-stack/stack.ts";
import { shop } from "../commands/shop.ts";
import { body, failedBatch } from "../commands/stack/dead-letters.ts";
import { answerOf, type Running, running } from "./running.ts";

const held = { kind: "bounces", reports: 30, sent: 200, at: "2026-01-05T10:00:00.000Z" } as const;

async function remediesOf(open: Running, area: string) {
  const findings = await answerOf<Finding[]>(open, "/api/health");
  return findings.find((finding) => finding.area === area)?.remedies ?? [];
}

/** Presses the only button of a finding. */
async function press(open: Running, area: string): Promise<RemedyDone> {
  const actions = (await remediesOf(open, area)).flatMap(({ button }): RemedyAction[] =>
    button ? [button.action] : [],
  );
  expect(actions).toHaveLength(1);
  return answerOf<RemedyDone>(open, "/api/remedy", actions[0]);
}

describe("on a stack", () => {
  let stack: MemoryStack;
  let open: Running;
  beforeAll(async () => {
    stack = await shop();
    open = await running({ name: "Shop", write: true, stack, playground: undefined, mails: new Mails() });
  });
  afterAll(() => open.close());

  test("dead letters are replayed, and the answer counts them", async () => {
    stack.services.depths.EventsDeadLetterQueueUrl = { waiting: 2, inWork: 0 };
    stack.events.put("m-1", body("ada"));
    stack.statuses.put("m-2", body("ben"));
    expect(await press(open, "dead letters of events")).toEqual({ problems: [], outcome: "2 dead letters replayed." });
    expect([stack.events.resent, stack.events.letters.size, stack.statuses.letters.size]).toEqual([
      [body("ada")],
      0,
      0,
    ]);
    stack.services.depths.EventsDeadLetterQueueUrl = { waiting: 0, inWork: 0 };
  });

  test("a batch that cannot be replayed stays, and the answer says why", async () => {
    stack.services.failed = { count: 1, more: false };
    stack.bucket.objects.set("broken", "nothing");
    const { outcome, problems } = await press(open, "records given up on");
    expect([outcome, problems]).toEqual([
      "0 dead letters replayed.",
      [{ path: "broken", message: "It stays: the object cannot be replayed." }],
    ]);
    expect([...stack.bucket.objects.keys()]).toEqual(["broken"]);
    stack.services.failed = { count: 0, more: false };
  });

  test("600 batches that cannot be replayed hide no batch behind them: it is replayed at the second press", async () => {
    stack.services.failed = { count: 601, more: false };
    stack.bucket.objects.clear();
    for (let each = 0; each < 600; each++) stack.bucket.objects.set(`bad-${each}`, "nothing");
    stack.bucket.objects.set("good", failedBatch("eve"));
    expect((await press(open, "records given up on")).outcome).toBe("0 dead letters replayed. There may be more.");
    expect((await press(open, "records given up on")).outcome).toBe("1 dead letter replayed. There may be more.");
    expect([stack.bucket.objects.size, stack.bucket.objects.has("good")]).toEqual([600, false]);
    stack.bucket.objects.clear();
    stack.services.failed = { count: 0, more: false };
  });

  test("messages that come back at once hide neither the next queue nor the failed batches", async () => {
    stack.services.depths.EventsDeadLetterQueueUrl = { waiting: 501, inWork: 0 };
    for (let each = 0; each < 501; each++) stack.events.put(`e-${each}`, body("ada"));
    // The function rejects each of these messages again.
    stack.events.onResend = ({ messageId, ...letter }) => stack.events.put(`${messageId}-again`, letter.body);
    stack.statuses.put("m-3", body("ben"));
    stack.bucket.objects.set("good", failedBatch("eve"));
    const { outcome } = await press(open, "dead letters of events");
    expect([outcome, stack.statuses.letters.size, stack.bucket.objects.size]).toEqual([
      "502 dead letters replayed. There may be more.",
      0,
      0,
    ]);
    stack.events.onResend = () => {};
    stack.events.letters.clear();
    stack.services.depths.EventsDeadLetterQueueUrl = { waiting: 0, inWork: 0 };
  });

  test("a journey with many bounces is paused", async () => {
    const counts = { "message.remind.sent": 97, "message.remind.bounced": 20 };
    await stack.ports.store.commit([{ kind: "counts", journeyId: "cart", counts, shardKey: "cart" }]);
    expect(await press(open, "bounces in cart")).toEqual({ problems: [], outcome: "cart is paused." });
    expect((await stack.journey("cart"))?.status).toBe("paused");
  });

  test("the circuit breaker is closed", async () => {
    await stack.ports.breakers.put({ ...newBreaker("cart"), held, revision: 1 });
    expect((await press(open, "marketing of cart")).outcome).toBe("The circuit breaker of cart is closed.");
    expect((await stack.ports.breakers.get("cart")).held).toBeUndefined();
  });

  test("the commands name the stack", async () => {
    stack.services.waiting.cart = { count: 3, more: false };
    await answerOf(open, "/api/journey-status", { id: "cart", verb: "hold" });
    const [{ command } = {}] = await remediesOf(open, "journey cart");
    expect(command).toBe("journeys resume cart --stack Shop");
  });

  test.each<[string, object]>([
    ["an unknown journey", { kind: "close-breaker", journeyId: "none" }],
    ["an unknown journey", { kind: "pause", journeyId: "none" }],
    ["a stop", { kind: "stop", journeyId: "cart" }],
    ["a redrive of a journey", { kind: "redrive", journeyId: "cart" }],
  ])("%s is refused", async (_, action) => expect(await answerOf(open, "/api/remedy", action)).toHaveProperty("error"));
});

describe("on the embedded engine", () => {
  let place: Place;
  let open: Running;
  beforeAll(async () => {
    place = await embeddedPlace(examples().filter(({ name }) => name === "abandoned-cart"));
    open = await running(place);
  });
  afterAll(() => open.close());

  test("a held journey whose customers wait is resumed, and they go on", async () => {
    const event = { event: "checkout.started", customerId: "me", data: { cartId: "k", total: 30 } };
    await answerOf(open, "/api/playground-event", { ...event, customer: { country: "DE", email: "me@mail.example" } });
    await answerOf(open, "/api/journey-status", { id: "abandoned-cart", verb: "hold" });
    await answerOf(open, "/api/playground-move", { by: "PT2H" });
    expect(await press(open, "journey abandoned-cart")).toEqual({
      problems: [],
      outcome: "abandoned-cart is resumed.",
    });
    expect(await remediesOf(open, "journey abandoned-cart")).toEqual([]);
    expect((await place.stack.ports.journeys.live("abandoned-cart"))?.journey.status).toBe("active");
  });

  test("an open circuit breaker is closed", async () => {
    await place.stack.ports.breakers.put({ ...newBreaker("abandoned-cart"), held, revision: 1 });
    expect((await press(open, "marketing of abandoned-cart")).problems).toEqual([]);
    expect(await remediesOf(open, "marketing of abandoned-cart")).toEqual([]);
  });
});
