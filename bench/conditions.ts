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
import { compile, type Facts, holds } from "../lambdas/domain/holds.ts";
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

function expressed<T>(peer: Peer<T>, condition: Condition, build: (rule: T) => Judge): Judge | undefined {
  try {
    const rule = peer(condition);
    return rule === undefined ? undefined : build(rule);
  } catch {
    return undefined;
  }
}

/** One row, three ways. All of them are called as they would be by who has compiled them and kept them. */
interface Task {
  readonly theirs: Judge;
  readonly compiled: (facts: Facts) => boolean;
  readonly condition: Condition;
  readonly facts: Facts;
}

const TURNS = 11;

export async function conditions(milliseconds = 50): Promise<Table> {
  const lines: string[][] = [];
  const compiled = rows.map(([, condition, facts]) => ({ judge: compile(condition), condition, facts }));
  // Every row has been judged before, as in a function that has been up for a while: nothing is tuned to a few.
  for (let warm = 0; warm < 500; warm++)
    for (const { judge, condition, facts } of compiled) if (judge(facts) !== holds(condition, facts)) throw new Error();
  for (const [name, engine] of Object.entries(engines)) {
    const tasks: Task[] = [];
    let held = 0;
    for (const [index, [, condition, facts, expected]] of rows.entries()) {
      const theirs = engine(condition);
      const ours = compiled[index];
      if (!theirs || !ours || (await answer(theirs, facts)) !== expected) continue;
      tasks.push({ theirs, compiled: ours.judge, condition, facts });
      if (expected) held++;
    }
    const asynchronous = tasks[0]?.theirs(tasks[0].facts) instanceof Promise;
    const contestants = [
      asynchronous
        ? () => paceOfPromises(tasks, held, milliseconds)
        : () => pace(tasks, held, ({ theirs, facts }) => theirs(facts), milliseconds),
      () => pace(tasks, held, ({ compiled, facts }) => compiled(facts), milliseconds),
      () => pace(tasks, held, ({ condition, facts }) => holds(condition, facts), milliseconds),
    ];
    const turns: number[][] = [];
    for (let turn = 0; turn < TURNS; turn++) {
      const times: number[] = [];
      // Turn and turn about, each first as often as the others: whatever else this machine does hits all alike.
      for (let seat = 0; seat < contestants.length; seat++) {
        const who = (turn + seat) % contestants.length;
        times[who] = (await contestants[who]?.()) ?? Number.NaN;
      }
      turns.push(times);
    }
    const time = (who: number) => median(turns.map((times) => times[who] as number)).toFixed(0);
    const ratio = (who: number) =>
      `${median(turns.map((times) => (times[0] as number) / (times[who] as number))).toFixed(2)}×`;
    lines.push([name, String(tasks.length), time(0), time(1), ratio(1), time(2), ratio(2)]);
  }
  return {
    title: `Conditions, ns for one: of ${rows.length} rows those that the engine can say and gets right; medians of ${TURNS} turns`,
    columns: ["engine", "rows", "its time", "compile()", "faster by", "holds()", "faster by"],
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

/** Nanoseconds for one. What is answered is counted, so that no call can be left out, and must be right. */
function pace(tasks: readonly Task[], held: number, run: (task: Task) => unknown, milliseconds: number): number {
  for (let warm = 0; warm < 200; warm++) for (const task of tasks) run(task);
  const start = performance.now();
  let [rounds, found] = [0, 0];
  while (performance.now() - start < milliseconds) {
    for (const task of tasks) if (run(task) === true) found++;
    rounds++;
  }
  return perCall(start, rounds * tasks.length, found === rounds * held);
}

async function paceOfPromises(tasks: readonly Task[], held: number, milliseconds: number): Promise<number> {
  for (let warm = 0; warm < 3; warm++) for (const { theirs, facts } of tasks) await theirs(facts);
  const start = performance.now();
  let [rounds, found] = [0, 0];
  while (performance.now() - start < milliseconds) {
    for (const { theirs, facts } of tasks) if ((await theirs(facts)) === true) found++;
    rounds++;
  }
  return perCall(start, rounds * tasks.length, found === rounds * held);
}

function perCall(start: number, calls: number, right: boolean): number {
  if (!right) throw new Error("An engine that was right before is not any more.");
  return ((performance.now() - start) * 1e6) / calls;
}

const median = (list: readonly number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] as number;
