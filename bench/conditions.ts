/**
 * Conditions against others' rule engines: the same rows of `test/data/conditions.json`, each engine on those that it
 * can express and answers rightly, everything compiled beforehand, all in one run.
 */
import { readFileSync } from "node:fs";
import { LogicEngine } from "json-logic-engine";
import { Engine } from "json-rules-engine";
import jsonata from "jsonata";
import * as sifting from "sift";
import type { Condition } from "../lambdas/domain/condition.ts";
import { type Facts, holds } from "../lambdas/domain/holds.ts";
import { type Peer, toJsonata, toJsonLogic, toRules, toSift } from "./peers.ts";
import type { Table } from "./table.ts";

type Row = readonly [name: string, condition: Condition, facts: Facts, expected: boolean];
type Judge = (facts: Facts) => boolean | Promise<boolean>;

const rows: readonly Row[] = JSON.parse(readFileSync(new URL("../test/data/conditions.json", import.meta.url), "utf8"));

/** Everything compiled; `undefined` for what the engine cannot say. */
const engines: Record<string, (condition: Condition) => Judge | undefined> = {
  "json-logic-engine": (condition) =>
    expressed(toJsonLogic, condition, (logic) => new LogicEngine().build(logic) as Judge),
  sift: (condition) =>
    expressed(toSift, condition, (query) => (sifting.default as unknown as (query: object) => Judge)(query)),
  "json-rules-engine": (condition) =>
    expressed(toRules, condition, (conditions) => {
      const engine = new Engine([{ conditions: conditions as never, event: { type: "holds" } }], {
        allowUndefinedFacts: true,
      });
      return async (facts) => (await engine.run(facts as never)).events.length > 0;
    }),
  jsonata: (condition) =>
    expressed(toJsonata, condition, (text) => {
      const expression = jsonata(text);
      return async (facts) => (await expression.evaluate(facts)) === true;
    }),
};

function expressed<T>(peer: Peer<T>, condition: Condition, compile: (rule: T) => Judge): Judge | undefined {
  try {
    const rule = peer(condition);
    return rule === undefined ? undefined : compile(rule);
  } catch {
    return undefined;
  }
}

interface Task {
  readonly judge: Judge;
  readonly condition: Condition;
  readonly facts: Facts;
}

export async function conditions(milliseconds = 600): Promise<Table> {
  const lines: string[][] = [];
  // Everything has been judged before, as in a function that has been up for a while.
  for (let warm = 0; warm < 500; warm++) for (const [, condition, facts] of rows) holds(condition, facts);
  for (const [name, compile] of Object.entries(engines)) {
    const tasks: Task[] = [];
    for (const [, condition, facts, expected] of rows) {
      const judge = compile(condition);
      if (judge && (await answer(judge, facts)) === expected) tasks.push({ judge, condition, facts });
    }
    const asynchronous = tasks[0]?.judge(tasks[0].facts) instanceof Promise;
    // Turn and turn about, so that whatever else this machine does hits both.
    const [theirs, ours]: [number[], number[]] = [[], []];
    for (let turn = 0; turn < 5; turn++) {
      theirs.push(
        await (asynchronous
          ? paceOfPromises(tasks, milliseconds / 5)
          : pace(tasks, ({ judge, facts }) => judge(facts), milliseconds / 5)),
      );
      ours.push(pace(tasks, ({ condition, facts }) => holds(condition, facts), milliseconds / 5));
    }
    const [their, our] = [median(theirs), median(ours)];
    lines.push([name, String(tasks.length), their.toFixed(0), our.toFixed(0), `${(their / our).toFixed(1)}×`]);
  }
  return {
    title: `Conditions, ns for one (of ${rows.length} rows, those that the engine can express)`,
    columns: ["engine", "rows", "its time", "holds()", "holds() is faster by"],
    rows: lines,
  };
}

async function answer(judge: Judge, facts: Facts): Promise<boolean | undefined> {
  try {
    return await judge(facts);
  } catch {
    return undefined;
  }
}

/** Nanoseconds for one. */
function pace(tasks: readonly Task[], run: (task: Task) => unknown, milliseconds: number): number {
  for (let warm = 0; warm < 200; warm++) for (const task of tasks) run(task);
  const start = performance.now();
  let rounds = 0;
  while (performance.now() - start < milliseconds) {
    for (const task of tasks) run(task);
    rounds++;
  }
  return ((performance.now() - start) * 1e6) / (rounds * tasks.length);
}

async function paceOfPromises(tasks: readonly Task[], milliseconds: number): Promise<number> {
  for (let warm = 0; warm < 3; warm++) for (const { judge, facts } of tasks) await judge(facts);
  const start = performance.now();
  let rounds = 0;
  while (performance.now() - start < milliseconds) {
    for (const { judge, facts } of tasks) await judge(facts);
    rounds++;
  }
  return ((performance.now() - start) * 1e6) / (rounds * tasks.length);
}

const median = (list: readonly number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] as number;
