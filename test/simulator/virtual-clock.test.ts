/** A clock that moves only when no task is left for the current time. */
import { expect, test } from "vitest";
import { type Rank, VirtualClock } from "../../simulator/virtual-clock.ts";

const START = "2026-01-01T00:00:00.000Z";
const second = (n: number) => new Date(Date.parse(START) + n * 1000).toISOString();

function noting(clock = new VirtualClock(START)) {
  const done: string[] = [];
  const plan = (n: number, name: string, rank: Rank = "world") =>
    clock.plan(second(n), rank, async () => {
      done.push(`${Date.parse(clock.now()) / 1000 - Date.parse(START) / 1000} ${name}`);
    });
  return { clock, done, plan };
}

test("tasks run in order of time, and the clock shows it", async () => {
  const { clock, done, plan } = noting();
  for (const n of [3, 1, 2]) plan(n, "x");
  await clock.run(second(10));
  expect(done).toEqual(["1 x", "2 x", "3 x"]);
  expect(clock.now()).toBe(second(3));
});

test("at the same time: input, consequences, customers' steps, timers; each in the order of scheduling", async () => {
  const { clock, done, plan } = noting();
  plan(1, "timer", "timer");
  plan(1, "walk", "walk");
  plan(1, "consequence", "consequence");
  plan(1, "first");
  plan(1, "second");
  await clock.run(second(10));
  expect(done).toEqual(["1 first", "1 second", "1 consequence", "1 walk", "1 timer"]);
});

test("a consequence runs before time moves on", async () => {
  const { clock, done, plan } = noting();
  clock.plan(second(1), "world", async () => {
    clock.follow(async () => void done.push("follows"));
  });
  plan(2, "later");
  await clock.run(second(10));
  expect(done).toEqual(["follows", "2 later"]);
});

test("a task in the past runs now", async () => {
  const { clock, done, plan } = noting();
  clock.plan(second(5), "world", async () => void plan(1, "late"));
  await clock.run(second(10));
  expect(done).toEqual(["5 late"]);
});

test("a cancelled task does not run and does not move the clock", async () => {
  const { clock, done, plan } = noting();
  plan(1, "x");
  plan(9, "y")();
  await clock.run(second(10));
  expect(done).toEqual(["1 x"]);
  expect(clock.now()).toBe(second(1));
});

test("a run includes its end time, and the next run continues from there", async () => {
  const { clock, done, plan } = noting();
  for (const n of [1, 2, 3]) plan(n, "x");
  await clock.run(second(2));
  expect(done).toEqual(["1 x", "2 x"]);
  await clock.run(second(3));
  expect(done).toHaveLength(3);
});

test("thousands of tasks in any order run sorted", async () => {
  const { clock, done, plan } = noting();
  for (let n = 0; n < 3000; n++) plan((n * 7919) % 3001, "x");
  await clock.run(second(10_000));
  const times = done.map((text) => Number(text.split(" ")[0]));
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(times).toHaveLength(3000);
});
