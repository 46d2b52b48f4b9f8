import { expect, test } from "vitest";
import {
  byTransaction,
  countLogs,
  differencesIn,
  inBoth,
  repairOf,
} from "../../../insight/funnel/counter-differences.ts";
import { countsOf } from "../../../lambdas/domain/counters/counts.ts";
import { enrollment } from "../enrolled.ts";

async function* each<T>(...items: T[]) {
  yield* items;
}

test("logs are counted as the interpreter counts them, and added up", async () => {
  const twice = await countLogs(each(enrollment(), enrollment({ enrollmentId: "e-2" })));
  expect(twice).toEqual(Object.fromEntries(Object.entries(countsOf(enrollment())).map(([name, n]) => [name, 2 * n])));
});

const logs = { entered: 2, active: 1, exited: 1 };

test.each([
  ["equal", logs, []],
  ["a counter too high", { ...logs, active: 3 }, [{ name: "active", counter: 3, logs: 1 }]],
  ["a counter that is missing", { entered: 2, active: 1 }, [{ name: "exited", counter: 0, logs: 1 }]],
  ["a counter without logs", { ...logs, "goal.x": 1 }, [{ name: "goal.x", counter: 1, logs: 0 }]],
  ["a zero is no difference", { ...logs, failed: 0 }, []],
  [
    "counts of erased customers are added to the logs",
    { entered: 5, active: 1, exited: 4, "erased.entered": 3, "erased.exited": 3 },
    [],
  ],
])("counters and logs: %s", (_, counters, differences) => {
  expect(differencesIn({ before: counters, logs, after: counters })).toEqual({ differences, moving: [] });
});

test("a counter that changes while logs are read is not compared", () => {
  const look = { before: { ...logs, active: 3 }, logs, after: { ...logs, active: 4 } };
  expect(differencesIn(look)).toEqual({ differences: [], moving: ["active"] });
});

test("a counter whose logs are being erased is not compared", () => {
  const look = { before: logs, logs: { ...logs, exited: 0 }, after: { ...logs, "erased.exited": 1 } };
  expect(differencesIn(look)).toEqual({ differences: [], moving: ["exited"] });
});

test("only differences that two comparisons have in common are repaired", () => {
  const first = [
    { name: "active", counter: 3, logs: 1 },
    { name: "entered", counter: 9, logs: 2 },
  ];
  const second = [
    { name: "active", counter: 13, logs: 11 },
    { name: "entered", counter: 9, logs: 9 },
    { name: "failed", counter: 1, logs: 0 },
  ];
  const agreed = inBoth(first, second);
  expect(agreed).toEqual([{ name: "active", counter: 13, logs: 11 }]);
  expect(repairOf(agreed)).toEqual({ active: -2 });
});

test("the counts of a component are in one transaction, and a transaction has at most a hundred components", () => {
  const names = Array.from({ length: 150 }, (_, index) => [
    `component.c${index}.entered`,
    `component.c${index}.left.done`,
  ]);
  const differences = ["entered", "active", ...names.flat()].map((name) => ({ name, counter: 1, logs: 0 }));
  const transactions = byTransaction(differences);
  expect(transactions.map(({ length }) => length)).toEqual([200, 102]);
  expect(transactions.flat()).toHaveLength(302);
});
