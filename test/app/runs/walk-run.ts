/** Walks the state machine of audience runs and delivers its queue, as AWS does: what dies is repeated. */
import { considerPart } from "../../../lambdas/app/runs/consider-part.ts";
import { enterByRun } from "../../../lambdas/app/runs/enter-by-run.ts";
import { planRun, type RunStart } from "../../../lambdas/app/runs/plan-run.ts";
import { type Look, sumUp } from "../../../lambdas/app/runs/sum-up.ts";
import { type Customer, unknownCustomer } from "../../../lambdas/domain/customer/customer.ts";
import { mergeChanges } from "../../../lambdas/domain/customer/merge-changes.ts";
import type { Aim, RunRef } from "../../../lambdas/domain/schedule/audience-run.ts";
import type { RunRecord } from "../../../lambdas/domain/schedule/run-record.ts";
import { EPOCH, type Time } from "../../../lambdas/domain/time/time.ts";
import type { JsonObject } from "../../../lambdas/domain/values/json.ts";
import { CrashError } from "../crashes.ts";
import { START, type World } from "../world.ts";

export interface Disturbed {
  /** Is called before each part, each delivery and each look. */
  readonly between?: () => Promise<void>;
  /** The order in which the queue delivers. Default: as sent, each once. */
  readonly order?: <T>(messages: readonly T[]) => readonly T[];
}

/** Walks a run to its end. The answer is the stored run. */
export async function walkRun(
  start: RunStart,
  world: World,
  disturbed: Disturbed = {},
): Promise<RunRecord | undefined> {
  const { between = async () => {} } = disturbed;
  const planned = await repeated(() => planRun(start, "execution-1", world.ports));
  let look: Look | undefined;
  while (planned) {
    for (let part = 0; part < planned.parts && !look; part++) await walkPart({ ...planned, part }, world, between);
    await deliver(world, disturbed);
    await between();
    const instruction = await repeated(() => sumUp(planned, look, world.ports));
    if (instruction.next === "done") break;
    if (instruction.next === "consider") look = undefined;
    else {
      look = instruction;
      await pass(instruction.until, world);
    }
  }
  await world.run();
  const { runId = "" } = planned ?? ("runId" in start ? start : {});
  return world.runs.records.get(runId);
}

async function walkPart(part: RunRef & { part: number }, world: World, between: () => Promise<void>): Promise<void> {
  for (;;) {
    await between();
    const instruction = await repeated(() => considerPart(part, world.ports));
    if (instruction.next === "done") return;
    if (instruction.next === "wait") {
      await deliver(world, {});
      await pass(instruction.until, world);
    }
  }
}

/** The virtual clock stops at times for which something is planned. */
async function pass(until: Time, world: World): Promise<void> {
  world.clock.plan(until, "timer", async () => {});
  await world.clock.run(until);
}

export async function deliver(world: World, { between = async () => {}, order }: Disturbed): Promise<void> {
  while (world.entries.queue.length > 0) {
    const messages = world.entries.queue.splice(0);
    for (const message of order ? order(messages) : messages) {
      await between();
      await repeated(() => enterByRun(message, world.ports));
    }
  }
}

async function repeated<T>(call: () => Promise<T>): Promise<T> {
  for (;;)
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof CrashError)) throw error;
    }
}

/** A run that a person has asked for. */
export async function asked(journeyId: string, aim: Aim, world: World, parts = 3): Promise<RunRef> {
  const ref = { journeyId, runId: `${journeyId}-${world.runs.records.size + 1}` };
  if (aim.kind === "customers") {
    const size = Math.ceil(aim.customerIds.length / parts);
    const lists = Array.from({ length: parts }, (_, part) => aim.customerIds.slice(part * size, (part + 1) * size));
    world.runs.lists.set(ref.runId, lists);
  }
  const startedAt = world.clock.now();
  const stored = aim.kind === "customers" ? { ...aim, customerIds: [] } : aim;
  await world.runs.note({ ...ref, startedAt, aim: stored, state: "asked", version: 0, parts });
  return ref;
}

export function seed(world: World, customerId: string, attributes: JsonObject = {}): Customer {
  const email = `${customerId}@shop.example`;
  const customer = {
    ...mergeChanges(unknownCustomer(customerId), { email, ...attributes }, EPOCH, 0),
    revision: 1,
  };
  world.store.seed(customer);
  return customer;
}

/** For each customer with an enrollment: how many, and how they ended. */
export function enrollmentsOf(world: World): Record<string, string> {
  const all = [...world.store.all()].map(({ customer, enrollments }): [string, string] => [
    customer.customerId,
    [...enrollments.values()]
      .map(({ status, enteredAt }) => `${status} ${enteredAt === START ? "" : enteredAt}`.trim())
      .join(", "),
  ]);
  return Object.fromEntries(all.filter(([, text]) => text !== ""));
}
