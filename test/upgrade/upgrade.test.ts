/**
 * The current functions over the items of the release before (`items.json`, made by `remake.ts`): every customer who was
 * inside goes on from where they were.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { COUNTER_SHARDS } from "../../lambdas/adapters/dynamodb/writes.ts";
import { published, reported } from "../wired/aws/deliveries.ts";
import type { Input } from "../wired/aws/loopback.ts";
import { type Ids, Stack } from "../wired/stack.ts";
import { signals } from "../wired/visitors.ts";

interface Items {
  readonly release: string;
  readonly at: string;
  /** The tags of a mail that the release has sent. */
  readonly mail: Readonly<Record<string, string>>;
  readonly tables: Readonly<Record<string, readonly Input[]>>;
}

const { at, mail, tables } = JSON.parse(readFileSync(join(import.meta.dirname, "items.json"), "utf8")) as Items;
const after = (minutes: number) => new Date(Date.parse(at) + minutes * 60_000);

let stack: Stack;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: after(1) });
  stack = await Stack.start({ SENDER: JSON.stringify({ from: "Shop <hello@shop.example>" }) }, 1);
  for (const [table, items] of Object.entries(tables)) for (const item of items) stack.tables.put(table, item);
  // The streams go on: their sequence numbers are higher than those of the release before.
  const [template = {}] = tables["the-templates"] ?? [];
  for (let more = 0; more < 500; more++) stack.tables.put("the-templates", template);
  for (const table of Object.keys(tables)) stack.tables.changes(table);
});
afterAll(async () => {
  vi.useRealTimers();
  await stack?.stop();
});

const enrollment = (customerId: string) => stack.item("enrollment#", customerId);
const idsOf = (customerId: string): Ids => ({
  customerId,
  enrollmentId: String(enrollment(customerId).enrollmentId),
});
const walk = (customerId: string) => stack.call("advance", idsOf(customerId));

describe("a customer of the release before", () => {
  test("who has just entered gets the first mail", async () => {
    expect(await walk("new")).toMatchObject({ next: "awaitSignal" });
    expect(enrollment("new")).toMatchObject({ messages: [{ state: "sent" }] });
  });

  test("who waits until a mail is read goes on when it is read", async () => {
    await stack.deliver("message-status", reported("Open", mail, { open: {} }));
    expect(signals(stack)).toContain("token of reading");
    expect(await walk("reading")).toMatchObject({ next: "awaitSignal", visit: 4 });
  });

  test("who waits for an event goes on when it happens", async () => {
    await stack.deliver("trigger-matcher", published("said.yes", { customerId: "answering", id: "yes-2" }));
    await stack.follow("exit-evaluator");
    expect(signals(stack)).toContain("second token of answering");
    expect(await walk("answering")).toMatchObject({ next: "wait" });
  });

  test("whose mail was claimed but not recorded waits for the report, and then goes on without a second mail", async () => {
    const sent = stack.aws.of("SendEmail").length;
    expect(await walk("claimed")).toMatchObject({ next: "wait" });
    vi.setSystemTime(after(20));
    await walk("claimed");
    expect(enrollment("claimed")).toMatchObject({ messages: [{ state: "unknown" }] });
    expect(stack.aws.of("SendEmail")).toHaveLength(sent);
  });

  test("who has left reaches a goal once", async () => {
    await stack.deliver("trigger-matcher", published("buy", { customerId: "left", id: "buy-1" }));
    await stack.follow("exit-evaluator");
    expect(enrollment("left")).toMatchObject({ status: "exited", goals: { sale: expect.any(String) } });
  });

  test("a parked customer goes on when the journey is no longer held", async () => {
    const current = tables["the-journeys"]?.find(({ id, version }) => id === "parks" && version === "current");
    await stack.save({ ...current, status: "active" });
    await stack.applyStatus();
    expect(signals(stack)).toContain("token of parked");
    await stack.restart({ SENDER: JSON.stringify({ from: "Shop <hello@shop.example>" }) });
    expect(await walk("parked")).toMatchObject({ next: "wait" });
  });
});

test("five days later everyone has completed, and the counters equal the enrollments", async () => {
  vi.setSystemTime(after(5 * 24 * 60));
  const inside = ["new", "reading", "answering", "staying", "claimed", "vip", "parked"];
  for (const customerId of inside)
    for (let step = 0; step < 6 && enrollment(customerId).status === "active"; step++) {
      await walk(customerId);
      vi.setSystemTime(Date.now() + 4 * 86_400_000);
    }
  expect(inside.map((customerId) => enrollment(customerId).status)).toEqual(inside.map(() => "completed"));
  const ofJourney = new Set(Array.from({ length: COUNTER_SHARDS }, (_, shard) => `j#${shard}`));
  const sum = (name: string) =>
    stack.tables
      .items("the-counters")
      .filter(({ journey }) => ofJourney.has(String(journey)))
      .reduce((all, item) => all + Number(item[name] ?? 0), 0);
  expect({
    entered: sum("entered"),
    active: sum("active"),
    completed: sum("completed"),
    exited: sum("exited"),
  }).toEqual({
    entered: 6,
    active: 0,
    completed: 5,
    exited: 1,
  });
});
