/**
 * Compares our conditions with other rule engines on the rows of `test/data/conditions.json`. Each engine runs the rows
 * that it can express and answers correctly. Everything is compiled beforehand, in one run.
 */
import { readFileSync } from "node:fs";
import { LogicEngine } from "json-logic-engine";
import { Engine } from "json-rules-engine";
import jsonata from "jsonata";
import * as sifting from "sift";
import type { Condition } from "../lambdas/domain/conditions/condition.ts";
import { compile, evaluate, type Facts } from "../lambdas/domain/conditions/evaluate.ts";
import { type Peer, toJsonata, toJsonLogic, toRules, toSift } from "./peers.ts";
import type { Table } from "./print/table.ts";

type Row = readonly [name: string, condition: Condition, facts: Facts, expected: boolean];
type Judge = (facts: Facts) => boolean | Promise<boolean>;

const rows: readonly Row[] = JSON.parse(readFileSync(new URL("../test/data/conditions.json", import.meta.url), "utf8"));

/** Compiles a condition for each engine; `undefined` when the engine cannot express it. */
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

/** One row, evaluated in three ways. Each is called as a program does that keeps its compiled conditions. */
interface Task {
  readonly theirs: Judge;
  readonly compiled: (facts: Facts) => boolean;
  readonly condition: Condition;
  readonly facts: Facts;
  readonly expected: boolean;
}

const TURNS = 21;

export async function conditions(milliseconds = 30): Promise<Table> {
  const lines: string[][] = [];
  const kept = rows.map(([, condition, facts]) => ({ compiled: compile(condition), condition, facts }));
  // Evaluate every row first, as in a function that has run for a while, so that the engine optimizes for all rows.
  for (let warm = 0; warm < 500; warm++)
    for (const { compiled, condition, facts } of kept)
      if (compiled(facts) !== evaluate(condition, facts)) throw new Error();
  for (const [name, engine] of Object.entries(engines)) {
    const tasks: Task[] = [];
    for (const [index, [, condition, facts, expected]] of rows.entries()) {
      const [theirs, ours] = [engine(condition), kept[index]];
      if (theirs && ours && (await answer(theirs, facts)) === expected) tasks.push({ ...ours, theirs, expected });
    }
    const asynchronous = tasks[0]?.theirs(tasks[0].facts) instanceof Promise;
    const contestants = [
      () =>
        asynchronous
          ? paceOfPromises(tasks, milliseconds)
          : pace(tasks, (task) => task.theirs(task.facts), milliseconds),
      () => pace(tasks, (task) => task.compiled(task.facts), milliseconds),
      () => pace(tasks, (task) => evaluate(task.condition, task.facts), milliseconds),
    ];
    const times: number[][] = contestants.map(() => []);
    for (let turn = 0; turn < TURNS; turn++)
      // The contestants alternate, and each is first equally often, so that other work on this machine affects all alike.
      for (let seat = 0; seat < contestants.length; seat++) {
        const contestant = (turn + seat) % contestants.length;
        times[contestant]?.push((await contestants[contestant]?.()) ?? Number.NaN);
      }
    const [their = Number.NaN, ...ours] = times.map(median);
    const cells = ours.flatMap((our) => [our.toFixed(0), `${(their / our).toFixed(2)}×`]);
    lines.push([name, String(tasks.length), their.toFixed(0), ...cells]);
  }
  return {
    title: `Conditions, ns of a core for one: of ${rows.length} rows those that the engine can say and gets right; medians of ${TURNS} turns`,
    columns: ["engine", "rows", "its time", "compile()", "faster by", "holds()", "faster by"],
    rows: lines,
  };
}

/** The cost of a condition in a function that has just started, before any code is optimized. */
export function firstUse(): Table {
  const timed = rows.map(([, condition, facts]) => {
    const start = performance.now();
    const compiled = compile(condition);
    const ready = performance.now();
    compiled(facts);
    return [ready - start, performance.now() - ready];
  });
  const shownOf = (which: number) => (median(timed.map((times) => times[which] ?? Number.NaN)) * 1000).toFixed(1);
  return {
    title: `A condition that is new to a process, µs: medians of ${rows.length} rows`,
    columns: ["compile()", "first call"],
    rows: [[shownOf(0), shownOf(1)]],
  };
}

async function answer(judge: Judge, facts: Facts): Promise<boolean | undefined> {
  try {
    return await judge(facts);
  } catch {
    return undefined;
  }
}

/** CPU time of one evaluation in nanoseconds. Every answer is compared, so that the compiler cannot skip a call. */
function pace(tasks: readonly Task[], run: (task: Task) => unknown, milliseconds: number): number {
  for (let warm = 0; warm < 200; warm++) for (const task of tasks) run(task);
  const start = processor();
  let [rounds, found] = [0, 0];
  while (processor() - start < milliseconds) {
    for (let again = 0; again < 20; again++) for (const task of tasks) if (run(task) === task.expected) found++;
    rounds += 20;
  }
  return perCall(processor() - start, rounds * tasks.length, found);
}

async function paceOfPromises(tasks: readonly Task[], milliseconds: number): Promise<number> {
  for (let warm = 0; warm < 3; warm++) for (const { theirs, facts } of tasks) await theirs(facts);
  const start = processor();
  let [rounds, found] = [0, 0];
  while (processor() - start < milliseconds) {
    for (const { theirs, facts, expected } of tasks) if ((await theirs(facts)) === expected) found++;
    rounds++;
  }
  return perCall(processor() - start, rounds * tasks.length, found);
}

function perCall(milliseconds: number, calls: number, right: number): number {
  if (right !== calls) throw new Error("An engine gave a wrong answer that it gave correctly before.");
  return (milliseconds * 1e6) / calls;
}

/** CPU time of this thread in milliseconds. It leaves out the time in which other processes ran. */
function processor(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

const median = (list: readonly number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] as number;
