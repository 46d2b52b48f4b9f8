/**
 * The requests and the cost of the reference workload. `docs/cost.md` shows these numbers, so a change of them fails
 * here.
 */
import { describe, expect, test } from "vitest";
import { usageOf } from "../../../bench/reference/designs.ts";
import { workload } from "../../../bench/reference/workload.ts";
import { measure } from "../../../insight/cost/measure.ts";
import { transitionsOf } from "../../../insight/cost/transitions.ts";
import { between, total } from "../../../insight/cost/usage.ts";
import { checkScenario } from "../../../simulator/scenario.ts";

async function used(customers: number, reported = false) {
  const checked = checkScenario(workload(customers, { reported }));
  if ("problems" in checked) throw new Error(JSON.stringify(checked.problems));
  const { usage, simulation } = await measure(checked.value);
  expect([simulation.summary.completed, simulation.warnings]).toEqual([customers, []]);
  return usage;
}

test.each([
  ["wait", 3],
  ["awaitSignal", 3],
  ["continue", 2],
  ["done", 3],
] as const)("%s costs %i transitions, by the machine's own definition", (next, transitions) =>
  expect(transitionsOf({ next } as never)).toBe(transitions),
);

describe("one enrollment of the reference workload", () => {
  test("takes twelve transitions, and no more requests than it did", async () => {
    const { transitions, executions, emails, events, writeUnits, readUnits, apis } = total(await used(1));
    expect({ transitions, executions, emails, events }).toEqual({
      transitions: 12,
      executions: 1,
      emails: 2,
      events: 4,
    });
    expect({ writeUnits, readUnits, apis }).toMatchInlineSnapshot(`
      {
        "apis": {
          "GetItem": 15,
          "PutEvents": 4,
          "PutItem": 2,
          "Query": 1,
          "SendEmail": 2,
          "StartExecution": 1,
          "TransactWriteItems": 7,
        },
        "readUnits": 16,
        "writeUnits": 60,
      }
    `);
  });

  test("takes this much more for the reports of two messages", async () => {
    const { writeUnits, readUnits, apis } = total(between(await used(1), await used(1, true)));
    expect({ writeUnits, readUnits, apis }).toMatchInlineSnapshot(`
      {
        "apis": {
          "GetItem": 4,
          "TransactWriteItems": 2,
        },
        "readUnits": 4,
        "writeUnits": 12,
      }
    `);
  });

  test("takes ten times as much ten times, but for counters that have not yet all their names", async () => {
    const [ten, hundred] = [total(await used(10)), total(await used(100))];
    expect(hundred.apis).toEqual(Object.fromEntries(Object.entries(ten.apis).map(([api, n]) => [api, n * 10])));
    expect([hundred.transitions, hundred.readUnits]).toEqual([ten.transitions * 10, ten.readUnits * 10]);
    expect(hundred.writeUnits / ten.writeUnits).toBeCloseTo(10, 1);
  });
});

test.each([
  ["machine-per-journey", 9, 6],
  ["state-per-component", 18, 10],
] as const)("as a %s it would take %i transitions and %i calls", async (design, transitions, calls) => {
  const entering = { requests: [], calls: { "trigger-matcher": 1 }, transitions: 0 };
  const { transitions: entered, calls: called } = total(usageOf(design, entering));
  expect([entered, called]).toEqual([transitions, calls]);
});
