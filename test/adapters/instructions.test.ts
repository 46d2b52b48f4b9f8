/** The times that the state machine gets: `until` for `Wait`, `timeoutSeconds` for `AwaitSignal`. */
import { describe, expect, test } from "vitest";
import { forStateMachine } from "../../lambdas/adapters/instructions.ts";
import type { Instruction } from "../../lambdas/app/instruction.ts";

const now = "2026-01-05T10:00:00.000Z";
const scale = { factor: 60, real: now, virtual: "2030-01-01T00:00:00.000Z" };

const wait = (until: string): Instruction => ({ next: "wait", until });
const signal = (until: string): Instruction => ({ next: "awaitSignal", until, visit: 3 });

describe("in real time", () => {
  test.each([
    ["a whole second is unchanged", "2026-01-05T10:00:05.000Z", "2026-01-05T10:00:05.000Z", 5],
    [
      "a part of a second is rounded up, because Step Functions ignores milliseconds",
      "2026-01-05T10:00:05.001Z",
      "2026-01-05T10:00:06.000Z",
      6,
    ],
    ["the end of a second is rounded up", "2026-01-05T10:00:05.999Z", "2026-01-05T10:00:06.000Z", 6],
    ["the end of a year is rounded up", "2026-12-31T23:59:59.500Z", "2027-01-01T00:00:00.000Z", 31_154_400],
    ["the present time is unchanged, and the time-out is one second", now, now, 1],
    [
      "a past time stays in the past, and the time-out is one second",
      "2026-01-01T00:00:00.000Z",
      "2026-01-01T00:00:00.000Z",
      1,
    ],
  ])("%s", (_, given, until, timeoutSeconds) => {
    expect(forStateMachine(wait(given), now, undefined)).toEqual({ next: "wait", until });
    expect(forStateMachine(signal(given), now, undefined)).toEqual({
      next: "awaitSignal",
      until,
      visit: 3,
      timeoutSeconds,
    });
  });

  test("the time-out counts from now, and is rounded up", () => {
    const at = "2026-01-05T10:00:00.250Z";
    expect(forStateMachine(signal("2026-01-05T10:00:10.000Z"), at, undefined)).toMatchObject({ timeoutSeconds: 10 });
  });
});

describe("in scaled time", () => {
  test.each([
    ["an hour takes a minute", "2030-01-01T01:00:00.000Z", "2026-01-05T10:01:00.000Z", 60],
    [
      "half a virtual minute is half a second, and a time-out of one second",
      "2030-01-01T00:00:30.000Z",
      "2026-01-05T10:00:00.500Z",
      1,
    ],
    ["a part of a millisecond is rounded up", "2030-01-01T00:00:00.001Z", "2026-01-05T10:00:00.001Z", 1],
    ["a past time stays in the past", "2029-12-31T23:00:00.000Z", "2026-01-05T09:59:00.000Z", 1],
  ])("%s", (_, given, until, timeoutSeconds) => {
    expect(forStateMachine(wait(given), scale.virtual, scale)).toEqual({ next: "wait", until });
    expect(forStateMachine(signal(given), scale.virtual, scale)).toMatchObject({ until, timeoutSeconds });
  });

  test("the time-out is in real seconds, counted from the virtual now", () => {
    const later = "2030-01-01T00:30:00.000Z";
    expect(forStateMachine(signal("2030-01-01T01:00:00.000Z"), later, scale)).toMatchObject({ timeoutSeconds: 30 });
  });
});

test.each<Instruction>([{ next: "continue" }, { next: "done" }])("$next has no times", (instruction) => {
  for (const each of [undefined, scale]) expect(forStateMachine(instruction, now, each)).toEqual(instruction);
});
