/** What the state machine is told, as it reads it: `Wait` by `until`, `AwaitSignal` by `timeoutSeconds`. */
import { describe, expect, test } from "vitest";
import { forStateMachine } from "../../lambdas/adapters/instructions.ts";
import type { Instruction } from "../../lambdas/app/instruction.ts";

const now = "2026-01-05T10:00:00.000Z";
const scale = { factor: 60, real: now, virtual: "2030-01-01T00:00:00.000Z" };

const wait = (until: string): Instruction => ({ next: "wait", until });
const signal = (until: string): Instruction => ({ next: "awaitSignal", until, visit: 3 });

describe("in real time", () => {
  test.each([
    ["a whole second stays", "2026-01-05T10:00:05.000Z", "2026-01-05T10:00:05.000Z", 5],
    [
      "a part of a second is a whole one, as the state machine cuts it off",
      "2026-01-05T10:00:05.001Z",
      "2026-01-05T10:00:06.000Z",
      6,
    ],
    ["the end of a second is the next one", "2026-01-05T10:00:05.999Z", "2026-01-05T10:00:06.000Z", 6],
    ["the end of a year is the next one", "2026-12-31T23:59:59.500Z", "2027-01-01T00:00:00.000Z", 31_154_400],
    ["now is over at once, by a second at least", now, now, 1],
    [
      "what has passed stays passed, and is over by a second at least",
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

  test("the seconds are counted from now, and never too few", () => {
    const at = "2026-01-05T10:00:00.250Z";
    expect(forStateMachine(signal("2026-01-05T10:00:10.000Z"), at, undefined)).toMatchObject({ timeoutSeconds: 10 });
  });
});

describe("in scaled time", () => {
  test.each([
    ["an hour takes a minute", "2030-01-01T01:00:00.000Z", "2026-01-05T10:01:00.000Z", 60],
    [
      "half a virtual minute is half a second, and a whole one for a time-out",
      "2030-01-01T00:00:30.000Z",
      "2026-01-05T10:00:00.500Z",
      1,
    ],
    ["a part of a millisecond is a whole one: never early", "2030-01-01T00:00:00.001Z", "2026-01-05T10:00:00.001Z", 1],
    ["what has passed stays passed", "2029-12-31T23:00:00.000Z", "2026-01-05T09:59:00.000Z", 1],
  ])("%s", (_, given, until, timeoutSeconds) => {
    expect(forStateMachine(wait(given), scale.virtual, scale)).toEqual({ next: "wait", until });
    expect(forStateMachine(signal(given), scale.virtual, scale)).toMatchObject({ until, timeoutSeconds });
  });

  test("the seconds are real ones, counted from the virtual now", () => {
    const later = "2030-01-01T00:30:00.000Z";
    expect(forStateMachine(signal("2030-01-01T01:00:00.000Z"), later, scale)).toMatchObject({ timeoutSeconds: 30 });
  });
});

test.each<Instruction>([{ next: "continue" }, { next: "done" }])("$next says nothing else", (instruction) => {
  for (const each of [undefined, scale]) expect(forStateMachine(instruction, now, each)).toEqual(instruction);
});
