/**
 * `journeys hold` and `journeys resume` on a deployed stack: nobody enters and nobody takes a step from five seconds on,
 * the parked executions sleep natively, exits go on, and after the release every customer goes on.
 */
import { setTimeout } from "node:timers/promises";
import { GetExecutionHistoryCommand, SFNClient } from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Enrollment } from "../../../lambdas/domain/enrollment/enrollment.ts";
import { type Running, running } from "../running.ts";
import { until } from "../waiting.ts";

/** The longest time that a function may act on an older status: the promise of `hold`. */
const STALE_AT_MOST = 5_000;

/** The wait takes 24 seconds here. */
const journey = {
  id: "pausing",
  name: "Pausing",
  status: "active",
  trigger: { event: "started" },
  exit: [{ id: "bought", event: "ordered" }],
  start: "stay",
  components: { stay: { type: "wait", for: "P1D", next: "tag" }, tag: { type: "addTag", tags: ["woken"] } },
};

let run: Running;
beforeAll(async () => {
  run = await running();
}, 180_000);
afterAll(() => run.stop(), 60_000);

const publish = (name: string, customerId: string) =>
  run.stack.publish(name, { id: `${name}-${customerId}`, customerId }, "shop");
const enrollment = async (customerId: string): Promise<Enrollment | undefined> =>
  (await run.stack.enrollments(customerId))[0];
const all = async (customers: readonly string[], holds: (each: Enrollment | undefined) => boolean) =>
  (await Promise.all(customers.map(enrollment))).every(holds);

/** How many events the execution of a customer's enrollment has written so far. */
async function historyOf(customerId: string): Promise<number> {
  const { enrollmentId } = (await enrollment(customerId)) ?? {};
  const machine = run.stack.output("StateMachineArn").replace(":stateMachine:", ":execution:");
  const asked = { executionArn: `${machine}:${enrollmentId}-1`, maxResults: 1000 };
  const { events = [] } = await new SFNClient(run.engine.client).send(new GetExecutionHistoryCommand(asked));
  return events.length;
}

test("a held journey lets nobody in and moves nobody; resume wakes everybody, and nothing is lost", {
  timeout: 300_000,
}, async () => {
  const inside = ["ada", "ben", "cleo"];
  expect(await run.stack.save(journey)).toMatchObject({ state: "published" });
  for (const customerId of inside) await publish("started", customerId);
  await until("all to enter", () => all(inside, (each) => each?.position.waiting !== undefined));
  expect((await run.journeys("hold", "pausing")).exitCode).toBe(0);

  await setTimeout(STALE_AT_MOST);
  await publish("started", "dan");
  const reasons = async () => (await run.stack.customer("dan")).filter(({ sk }) => String(sk).startsWith("reason#"));
  const refused = await until("the reason", async () => (await reasons())[0], {
    instead: () => run.stack.customer("dan"),
  });
  expect(refused.reason).toBe("not-active");
  expect(await enrollment("dan")).toBeUndefined();

  await until("the end of the wait", () => all(inside, (each) => each?.parked !== undefined), {
    instead: () => Promise.all(inside.map(enrollment)),
  });
  const before = await until("the sleep", async () => {
    const [first, second] = [await historyOf("ada"), await setTimeout(2_000).then(() => historyOf("ada"))];
    return first === second && second;
  });

  await publish("ordered", "ben");
  await until("the exit", async () => (await enrollment("ben"))?.status === "exited");
  // A parked execution that asked again and again would have written more events.
  expect(await historyOf("ada")).toBe(before);
  expect(await run.stack.counts("pausing")).toMatchObject({ entered: 3, active: 2, exited: 1 });

  expect((await run.journeys("resume", "pausing")).exitCode).toBe(0);
  const others = ["ada", "cleo"];
  await until("all to go on", () => all(others, (each) => each?.status === "completed"), {
    seconds: 120,
    instead: () => Promise.all(others.map(enrollment)),
  });
  for (const customerId of others) {
    const { steps = [] } = (await enrollment(customerId)) ?? {};
    expect(steps.map(({ componentId, outcome }) => `${componentId} ${outcome}`)).toEqual(["stay done", "tag done"]);
    const profile = (await run.stack.customer(customerId)).find(({ sk }) => sk === "profile");
    expect(profile?.tags).toEqual(["woken"]);
  }
  const counts = await run.stack.counts("pausing");
  expect(counts).toMatchObject({ entered: 3, exited: 1, completed: 2 });
  expect(counts.active ?? 0).toBe(0);
});
