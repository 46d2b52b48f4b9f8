/**
 * A journey is stopped with a crowd inside, while some of the customers are told to go on to their mail. `npm run bench --
 * stopping` does the same with 10,000 customers; `bench/crowd/fill.ts` says how they enter.
 */
import { ListExecutionsCommand } from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Crowd, crowded, fill, goOn, stop, untilEmpty } from "../../../bench/crowd/stop.ts";
import { parts } from "../../../lambdas/domain/enrollment/part.ts";
import type { StatusProgressItem } from "../../../lambdas/domain/journey/status-work.ts";
import { mails } from "../../../local/mailbox.ts";
import { type Running, running } from "../running.ts";
import { until } from "../waiting.ts";

const PEOPLE = 400;
const EXECUTIONS = 20;

let run: Running;
let crowd: Crowd;
beforeAll(async () => {
  // Time is the engine's, because the customers enter in a process that knows no other.
  run = await running({ scaled: false });
  crowd = { engine: run.engine, stack: run.stack, people: PEOPLE, executions: EXECUTIONS };
  await fill(crowd);
}, 400_000);
afterAll(() => run?.stop(), 60_000);

const progress = async () => {
  const { out } = await run.journeys("show", crowded.id, "--json");
  return (JSON.parse(out) as { progress?: readonly StatusProgressItem[] }).progress ?? [];
};

test("a stop takes everybody out, shows its progress, and nobody gets a mail once it is live", {
  timeout: 400_000,
}, async () => {
  await stop(crowd);
  await until("the first progress", async () => (await progress()).some(({ done }) => done > 0), { seconds: 120 });
  await goOn(crowd);
  await untilEmpty(crowd);
  const counts = await run.stack.counts(crowded.id);
  expect(counts).toMatchObject({ entered: PEOPLE, exited: PEOPLE, "exited.journey-stopped": PEOPLE });
  expect(counts).not.toHaveProperty("active");
  const complete = await until(
    "the end of every part",
    async () => {
      const items = await progress();
      return items.length === parts.length && items.every((item) => item.complete) && items;
    },
    { seconds: 120, instead: progress },
  );
  const done = complete.reduce((sum, item) => sum + item.done, 0);
  // A customer who was told to go on may exit at their own step instead.
  expect(done).toBeGreaterThanOrEqual(PEOPLE - EXECUTIONS);
  expect(done).toBeLessThanOrEqual(PEOPLE);
  expect(await mails(run.engine)).toEqual([]);
});

test("no execution is left, none failed, and the counters equal the enrollments", async () => {
  const stateMachineArn = run.stack.output("StateMachineArn");
  for (const statusFilter of ["RUNNING", "FAILED"] as const)
    await until(`no execution to be ${statusFilter}`, async () => {
      const { executions } = await run.stack.executions.send(
        new ListExecutionsCommand({ stateMachineArn, statusFilter }),
      );
      return executions?.length === 0;
    });
  const { out } = await run.journeys("recount", crowded.id, "--json");
  expect(JSON.parse(out)).toMatchObject({ differences: [] });
});
