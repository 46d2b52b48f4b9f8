/**
 * A stack with scaled time: the year is 2030, and a day takes 864 seconds. The functions store and publish virtual time
 * only. Step Functions gets real time, because it waits in real time.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { published, reported } from "./aws/deliveries.ts";
import type { Stack } from "./stack.ts";
import { entered, visited, waiting, walk } from "./visitors.ts";

const FACTOR = 100;
const real = new Date().toISOString();
const DAY = 24 * 3600_000;

let stack: Stack;
const scale = JSON.stringify({ factor: FACTOR, real, virtual: "2030-01-05T10:00:00.000Z" });
beforeAll(async () => {
  stack = await visited({ TIME_SCALE: scale, MAIL_RATE: "1000" });
});
afterAll(() => stack?.stop());

/** Every moment in a value, with the way to it. */
function moments(value: unknown, path: string): string[] {
  if (typeof value === "string") return /^\d{4}-\d\d-\d\dT/.test(value) ? [`${path} ${value}`] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => moments(inner, `${path}.${name}`));
}

test("advance gives the state machine real times", async () => {
  const ids = await entered(stack, "timer");
  const before = Date.now();
  const { until, timeoutSeconds } = (await stack.call("advance", ids)) as { until: string; timeoutSeconds: number };
  const after = Date.now();
  // The call read the clock once between these two moments. Seconds are rounded.
  expect(Date.parse(until)).toBeGreaterThan(before + DAY / FACTOR - 2_000);
  expect(Date.parse(until)).toBeLessThan(after + DAY / FACTOR + 2_000);
  expect(timeoutSeconds * 1000).toBeGreaterThan(Date.parse(until) - after - 2_000);
  expect(timeoutSeconds * 1000).toBeLessThan(Date.parse(until) - before + 2_000);
});

test("every function stores and publishes virtual time", async () => {
  const { ids, tags } = await waiting(stack, "all");
  await stack.deliver("message-status", reported("Open", tags, { open: { timestamp: new Date().toISOString() } }));
  await stack.call("advance", ids);
  await stack.deliver("trigger-matcher", published("buy", { customerId: "all" }, { id: "buy" }));
  await stack.deliver("trigger-matcher", published("start", { customerId: "tested" }, { id: "other" }));
  const headers = JSON.stringify(stack.aws.of("SendEmail").at(-1)?.Content);
  await stack.open(/"<(https:[^>]+)>"/.exec(headers)?.[1] ?? "", "POST");
  await stack.follow("exit-evaluator");
  await stack.follow("exit-evaluator");
  await stack.save({ ...walk, name: "Renamed" });

  const stored = ["the-journeys", "the-customers", "the-counters"].flatMap((table) =>
    stack.tables.items(table).flatMap((item) => moments(item, `${table} ${item.sk ?? item.version ?? item.scope}`)),
  );
  const told = stack
    .entries()
    .flatMap(({ DetailType, Detail }) => moments(JSON.parse(String(Detail)), `${DetailType}`));
  for (const some of [
    "publication.at",
    "profile.times",
    "statuses.read",
    "enteredAt",
    "goals.sale",
    "times.unsubscribed",
  ])
    expect(stored.join("\n"), some).toContain(some);
  for (const some of ["journey.entered", "message.sent", "goal.reached"]) expect(told.join("\n")).toContain(some);
  expect([...stored, ...told].filter((moment) => !/ 2030-01-0[5-9]T/.test(moment))).toEqual([]);
});

test("the reconciler goes by virtual time", async () => {
  const ids = await entered(stack, "overdue");
  const enrollment = stack.item("enrollment#", "overdue");
  stack.tables.put("the-customers", { ...enrollment, dueAt: "2030-01-05T10:00:00.000Z" });
  stack.forget();
  await stack.call("reconciler");
  expect(stack.aws.of("StartExecution").map(({ name }) => name)).toContain(`${ids.enrollmentId}-2`);
});

test("the send rate counts in virtual time", () => {
  const queue = stack.tables.items("the-counters").find(({ nextFree }) => nextFree !== undefined);
  expect(new Date(Number(queue?.nextFree)).toISOString()).toMatch(/^2030-01-/);
});

test("items expire so many days after the virtual moment", () => {
  const { ttl } = stack.item("event#", "timer");
  expect(Number(ttl) * 1000 - Date.parse("2030-01-05T10:00:00.000Z")).toBeGreaterThan(400 * DAY - 60_000);
  expect(Number(ttl) * 1000 - Date.parse("2030-01-05T10:00:00.000Z")).toBeLessThan(402 * DAY);
});
