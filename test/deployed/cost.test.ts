/**
 * Compares the simulator's meter with the requests of the deployed functions: every request, every unit and every
 * transition of the execution.
 */
import { ExecutionStatus, GetExecutionHistoryCommand, ListExecutionsCommand, SFNClient } from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, expect, test } from "vitest";
import { journey, templates, workload } from "../../bench/reference/workload.ts";
import { measure } from "../../insight/cost/measure.ts";
import { customerItem } from "../../lambdas/adapters/dynamodb/customer-items.ts";
import { unknownCustomer } from "../../lambdas/domain/customer/customer.ts";
import { mergeChanges } from "../../lambdas/domain/customer/merge-changes.ts";
import { EPOCH, minus, toTime } from "../../lambdas/domain/time/time.ts";
import { HeldClock } from "../../local/held-clock.ts";
import { checkScenario } from "../../simulator/scenario.ts";
import { type Counted, Counting } from "./counting.ts";
import { type Running, running } from "./running.ts";
import { until } from "./waiting.ts";

const MINUTE = 60_000;
let run: Running;
const counting = await new Counting().start();
beforeAll(async () => {
  run = await running({ scaled: false, functionsEndpoint: counting.endpoint });
  counting.target = run.engine.endpoint;
}, 3 * MINUTE);
afterAll(async () => {
  await run?.stop();
  counting.stop();
}, MINUTE);

test(
  "the reference workload takes on the deployed stack what the meter says, and an event nobody listens to one write",
  async () => {
    const checked = checkScenario(workload(1));
    if ("problems" in checked) throw new Error(JSON.stringify(checked.problems));
    const { usage } = await measure(checked.value);
    const [{ customerId = "", ...attributes } = {}] = checked.value.customers ?? [];
    const [{ at, event, ...detail } = { at: "", event: "" }] = checked.value.events ?? [];
    // The clock is held, so that a slow function causes no extra requests.
    // A customer who enters a journey just after its publication is rechecked; this one was published long before.
    const began = toTime(at) ?? EPOCH;
    const clock = new HeldClock(run.engine, minus(began, "PT15M"));
    await clock.set(clock.now);

    for (const template of templates) await run.stack.put("TemplatesTableName", template);
    const customer = mergeChanges(unknownCustomer(String(customerId)), attributes as never, EPOCH, 0);
    await run.stack.put("CustomersTableName", customerItem({ ...customer, revision: 1 }));
    expect(await run.stack.save(journey)).toMatchObject({ state: "published", problems: [] });
    await run.untilFunctionsLookAgain();

    await clock.rest();
    await clock.set(began);
    counting.counts.clear();
    await run.stack.publish(event, { time: at, ...detail }, "simulator");
    await clock.release();
    for (let next = await clock.rest(); next; next = await clock.rest()) {
      await clock.set(next);
      await clock.release();
    }
    expect((await run.stack.enrollments(String(customerId)))[0]?.status).toBe("completed");
    const expected = bySide(usage.requests.map(({ api, what, ...used }) => [`${api} ${what}`, used]));
    expect(bySide(counting.counts)).toEqual(expected);

    counting.counts.clear();
    await run.stack.publish("page.viewed", { time: clock.now, customerId: "somebody", data: { page: "/" } });
    await clock.rest();
    expect(bySide(counting.counts)).toEqual({ "PutItem event": { requests: 1, writeUnits: 2, readUnits: 0 } });

    const machine = new SFNClient(run.engine.client);
    const stateMachineArn = run.stack.output("StateMachineArn");
    const statusFilter = ExecutionStatus.SUCCEEDED;
    const ended = await until("the execution", async () => {
      const { executions = [] } = await machine.send(new ListExecutionsCommand({ stateMachineArn, statusFilter }));
      return executions.length > 0 && executions;
    });
    const { executionArn } = ended[0] ?? {};
    const { events = [] } = await machine.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }));
    expect([ended.length, events.filter(({ type }) => type?.endsWith("StateEntered")).length]).toEqual([
      1,
      usage.transitions,
    ]);
  },
  4 * MINUTE,
);

/** Requests by kind, over all functions. */
function bySide(requests: Iterable<readonly [string, Counted]>): Record<string, Counted> {
  const sides: Record<string, Counted> = {};
  for (const [name, { requests: n, writeUnits, readUnits }] of requests) {
    const side = sides[name] ?? { requests: 0, writeUnits: 0, readUnits: 0 };
    sides[name] = {
      requests: side.requests + n,
      writeUnits: side.writeUnits + writeUnits,
      readUnits: side.readUnits + readUnits,
    };
  }
  return sides;
}
