/** An audience run through the functions as Lambda starts them: plan, parts, queue and sum. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newRecord } from "../../../lambdas/adapters/runs/run-writes.ts";
import type { RunInstruction, RunStep } from "../../../lambdas/app/runs/run-step.ts";
import { fromMilliseconds } from "../../../lambdas/domain/time/time.ts";
import { lasting } from "../../behaviour/scenario-of.ts";
import { published } from "../aws/deliveries.ts";
import type { Input } from "../aws/loopback.ts";
import { Stack } from "../stack.ts";

const PARTS = 4;
const german = { field: "customer.country", operator: "equals", value: "DE" };
const letter = lasting({
  id: "letter",
  trigger: { schedule: { cron: "0 9 * * mon" }, entry: "always", audience: german },
});
const countries = { ann: "DE", ben: "FR", cleo: "DE", dan: "FR", eve: "DE" };

let stack: Stack;
beforeAll(async () => {
  stack = await Stack.start({}, 1);
  stack.aws.answer({ UpdateSchedule: () => ({ ScheduleArn: "arn" }), DeleteSchedule: () => ({}) });
  await stack.save(letter);
  for (const [customerId, country] of Object.entries(countries)) {
    const detail = { customerId, customer: { country } };
    await stack.deliver("trigger-matcher", published("customer.updated", detail, { id: customerId }));
  }
});
afterAll(() => stack?.stop());
beforeEach(() => stack.forget());

const step = (input: RunStep) => stack.call("audience-run", input) as Promise<RunInstruction>;

/** Walks the state machine of a run of everybody until the customers are on the queue. The answer: their messages. */
async function considered(runId: string): Promise<unknown[]> {
  const ref = { journeyId: "letter", runId };
  const now = fromMilliseconds(Date.now());
  const run = { ...ref, startedAt: now, aim: { kind: "all" }, state: "asked", version: 0, parts: PARTS } as const;
  stack.tables.put("the-counters", newRecord(run, now));
  const { parts = [] } = await step({ step: "plan", start: ref, execution: "the-execution" });
  for (const part of parts) expect(await step({ step: "consider", part, ...ref })).toEqual({ next: "done" });
  return stack.aws
    .of("SendMessageBatch")
    .flatMap(({ Entries }) => (Entries as Input[]).map((each) => each.MessageBody));
}

/** The record of the run at its end. */
async function summed(runId: string): Promise<Input | undefined> {
  expect(await step({ step: "sum-up", look: null, journeyId: "letter", runId })).toEqual({ next: "done" });
  return stack.tables.items("the-counters").find((item) => item.runId === runId && "startedAt" in item);
}

const entered = () => [...new Set(stack.executions().map(({ customerId }) => customerId))].sort();
const all = { considered: 5, entered: 3, refused: { "audience-false": 2 } };

describe("a run of everybody", () => {
  test("reads each customer in one of its parts, and lets the customers of its audience in, once", async () => {
    const queue = await considered("run-1");
    const segments = stack.aws.of("Scan").map(({ Segment, TotalSegments }) => [Segment, TotalSegments]);
    expect(segments).toEqual([0, 1, 2, 3].map((part) => [part, PARTS]));
    await stack.deliver("trigger-matcher", ...queue);
    await stack.deliver("trigger-matcher", ...queue);
    expect(entered()).toEqual(["ann", "cleo", "eve"]);
    expect(await summed("run-1")).toMatchObject({ state: "ended", undecided: 0, result: all });
  });

  test("puts the customers on its own queue again for a recheck, because the journey is new", async () => {
    await stack.deliver("trigger-matcher", ...(await considered("run-2")));
    const again = stack.aws.of("SendMessage");
    expect(again.map(({ QueueUrl, DelaySeconds }) => [String(QueueUrl).split("/").at(-1), DelaySeconds])).toEqual(
      again.map(() => ["entries", 120]),
    );
    expect(again).toHaveLength(3);
    stack.forget();
    await stack.deliver("trigger-matcher", ...again.map(({ MessageBody }) => MessageBody));
    expect(stack.aws.of("SendMessage")).toEqual([]);
    expect(await summed("run-2")).toMatchObject({ result: all });
  });

  test("refuses its audience while the journey is paused, and just after it was made active nobody for that", async () => {
    await stack.save({ ...letter, status: "paused" });
    await stack.restart({}, ["trigger-matcher", "audience-run"]);
    await stack.deliver("trigger-matcher", published("seen", { customerId: "ann" }, { id: "seen" }));
    expect(await considered("run-3")).toEqual([]);
    const refused = { "audience-false": 2, "not-active": 3 };
    expect(await summed("run-3")).toMatchObject({ result: { considered: 5, entered: 0, refused } });
    // Both functions have read the paused journey, and trigger-matcher remembers it.
    await stack.save(letter);
    await stack.deliver("trigger-matcher", ...(await considered("run-4")));
    expect(await summed("run-4")).toMatchObject({ result: all });
  });
});
