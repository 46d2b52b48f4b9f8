import { readFileSync } from "node:fs";
import validate from "asl-validator";
import { describe, expect, test } from "vitest";
import { forStateMachine } from "../../lambdas/adapters/instructions.ts";
import { ConflictError, PermanentError, ThrottledError } from "../../lambdas/app/errors.ts";
import type { Instruction } from "../../lambdas/app/instruction.ts";
import { type Functions, type Machine, named, walk } from "../../statemachines/walk.ts";
import { defaultStack } from "../lib/stack.ts";

const text = readFileSync("statemachines/journey.asl.json", "utf8");
/** The deployed definition, except that functions have the names of their placeholders. */
const definition = JSON.parse(text.replaceAll(/\$\{(\w+)\}/g, "$1")) as Machine & Record<string, unknown>;
const { States } = definition;
const stack = defaultStack();

const now = "2026-01-01T00:00:00.000Z";
const until = "2026-01-02T00:00:00.000Z";

/** The next state for each instruction of `advance`. */
const goesTo = {
  wait: "Wait",
  awaitSignal: "AwaitSignal",
  continue: "Advance",
  done: "Done",
} satisfies Record<Instruction["next"], string>;

const instructions: { [N in Instruction["next"]]: Extract<Instruction, { next: N }> } = {
  wait: { next: "wait", until },
  awaitSignal: { next: "awaitSignal", until, visit: 3 },
  continue: { next: "continue" },
  done: { next: "done" },
};

describe("the definition", () => {
  test("is valid", () => expect(validate(definition)).toMatchObject({ isValid: true, errors: [] }));

  test("is invalid without one of its states", () => {
    const { Wait: _, ...others } = States;
    expect(validate({ ...definition, States: others }).isValid).toBe(false);
  });

  test("has no unreachable state", () => {
    const targets = Object.values(States).flatMap(({ Next, Choices = [], Catch = [] }) => [
      ...(Next === undefined ? [] : [Next]),
      ...[...Choices, ...Catch].map((each) => each.Next),
    ]);
    expect([...new Set([definition.StartAt, ...targets])].sort()).toEqual(Object.keys(States).sort());
  });

  test("has no time-out: a journey can last as long as an execution can", () => {
    expect(definition).not.toHaveProperty("TimeoutSeconds");
  });

  test("is in JSONPath, which every emulator runs", () => expect(definition).not.toHaveProperty("QueryLanguage"));

  test("names its functions by placeholders, which the stack fills", () => {
    const placeholders = [...text.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name);
    const { DefinitionString, DefinitionSubstitutions } = stack.get("Machine/StateMachine");
    expect(DefinitionString).toBe(text);
    expect(DefinitionSubstitutions).toEqual({
      AdvanceFunctionArn: "Advance/Function.Arn",
      AwaitSignalFunctionArn: "AwaitSignal/Function.Arn",
    });
    expect([...new Set(placeholders)].sort()).toEqual(Object.keys(DefinitionSubstitutions as object).sort());
  });
});

test("the state machine logs errors without data, is traced and is a standard workflow", () => {
  expect(stack.get("Machine/StateMachine")).toMatchObject({
    StateMachineType: "STANDARD",
    TracingConfiguration: { Enabled: true },
    LoggingConfiguration: {
      Level: "ERROR",
      IncludeExecutionData: false,
      Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: "Machine/Log.Arn" } }],
    },
  });
  expect(stack.get("Machine/Log").LogGroupName).toMatch(/^\/aws\/vendedlogs\/states\//);
});

const ids = { customerId: "c-1", enrollmentId: "x" };

/** Runs an execution whose functions give these answers in order, and records the calls. */
function execution(advanceAnswers: (Instruction | Error)[], signalAnswers: (Error | "signalled")[] = []) {
  const asked: { advance: unknown[]; awaitSignal: unknown[] } = { advance: [], awaitSignal: [] };
  const next = <T>(answers: (T | Error)[], payload: unknown, log: unknown[]): T => {
    log.push(payload);
    const answer = answers.shift();
    if (answer === undefined) throw named("States.Runtime");
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const functions: Functions = {
    AdvanceFunctionArn: (payload) => {
      if ("failed" in payload) return asked.advance.push(payload);
      return forStateMachine(next(advanceAnswers, payload, asked.advance), now, undefined);
    },
    AwaitSignalFunctionArn: (payload) => next(signalAnswers, payload, asked.awaitSignal),
  };
  return { ...walk(definition, ids, functions), asked };
}

describe("an instruction", () => {
  test.each(Object.entries(goesTo))("%s goes to %s", (name, state) => {
    const { states } = execution([instructions[name as Instruction["next"]], instructions.done], ["signalled"]);
    expect(states.slice(0, 3)).toEqual(["Advance", "Route", state]);
  });

  test("Route has no other choice and no default", () => {
    expect(States.Route?.Choices?.map(({ StringEquals }) => StringEquals).sort()).toEqual(Object.keys(goesTo).sort());
  });

  test("that is unknown fails the execution, and the reconciler starts another", () => {
    const unknown = { next: "dance" } as unknown as Instruction;
    expect(execution([unknown])).toMatchObject({ states: ["Advance", "Route"], end: "States.NoChoiceMatched" });
  });
});

describe("an enrollment", () => {
  test("costs three transitions for each wait and three more", () => {
    const { wait, awaitSignal, done } = instructions;
    const { states, end, waits } = execution([wait, awaitSignal, wait, done], ["signalled"]);
    const turn = ["Advance", "Route"];
    expect(states).toEqual([...turn, "Wait", ...turn, "AwaitSignal", ...turn, "Wait", ...turn, "Done"]);
    expect(states).toHaveLength(3 * 3 + 3);
    expect(end).toBe("succeeded");
    expect(waits).toEqual([until, until]);
  });

  test("passes ids and tokens, and no other data of the customer", () => {
    const { asked } = execution([instructions.awaitSignal, instructions.done], ["signalled"]);
    expect(asked.advance).toEqual([ids, ids]);
    expect(asked.awaitSignal).toEqual([{ ...ids, visit: 3, token: "a token" }]);
  });
});

describe("a customer who waits for a signal", () => {
  test("goes on when time is up, and does not wait for as long again", () => {
    const { states, asked } = execution([instructions.awaitSignal, instructions.done], [named("States.Timeout")]);
    expect(asked.awaitSignal).toHaveLength(1);
    expect(states).toEqual(["Advance", "Route", "AwaitSignal", "Advance", "Route", "Done"]);
  });

  test("is retried when the token could not be stored, and finally goes to advance", () => {
    const failures = Array.from({ length: 11 }, () => new ThrottledError());
    const { asked, end } = execution([instructions.awaitSignal, instructions.done], failures);
    expect(asked.awaitSignal).toHaveLength(11);
    expect(end).toBe("succeeded");
  });

  test("does not loop fast when the token can never be stored", () => {
    const [first, slow] = States.AwaitSignal?.Retry ?? [];
    expect(first).toEqual({ ErrorEquals: ["States.Timeout"], MaxAttempts: 0 });
    expect(slow).toMatchObject({ ErrorEquals: ["States.ALL"], IntervalSeconds: 1, BackoffRate: 2, MaxAttempts: 10 });
  });
});

describe("an error of advance", () => {
  test.each([
    ["that never passes is not tried again", new PermanentError(), 1],
    ["that may pass is tried for about an hour", new ConflictError(), 31],
    ["that nobody knows is tried for about an hour", new TypeError(), 31],
    ["of Lambda itself is tried for about an hour", named("Lambda.ServiceException"), 31],
  ])("%s", (_, error, calls) => {
    const { states, end, asked } = execution(Array.from({ length: 1_000 }, () => error));
    expect(asked.advance).toHaveLength(calls + 1);
    expect(asked.advance.at(-1)).toEqual({ ...ids, failed: error.name });
    expect(states).toEqual(["Advance", "MarkFailed", "Failed"]);
    expect(end).toBe("EnrollmentFailed");
  });

  test.each([
    ["that is a throttle", new ThrottledError()],
    ["of too many calls", named("Lambda.TooManyRequestsException")],
  ])("%s never fails the enrollment: after 501 attempts the state begins anew", (_, error) => {
    const { states, end, asked } = execution([...Array.from({ length: 1_200 }, () => error), instructions.done]);
    expect(asked.advance).toHaveLength(1_201);
    expect(asked.advance.at(-1)).toEqual(ids);
    expect(states).toEqual(["Advance", "Advance", "Advance", "Route", "Done"]);
    expect(end).toBe("succeeded");
  });

  test("that a retry corrects has no effect", () => {
    const { states, end } = execution([new TypeError(), new ThrottledError(), instructions.done]);
    expect(states).toEqual(["Advance", "Route", "Done"]);
    expect(end).toBe("succeeded");
  });
});

test("retries have jitter and at most 10 minutes between them, because a claimed message counts as lost after 15", () => {
  const retriers = Object.values(States).flatMap(({ Retry = [] }) => Retry);
  const trying = retriers.filter(({ MaxAttempts }) => MaxAttempts !== 0);
  expect(trying).toHaveLength(4);
  for (const retrier of trying) {
    expect(retrier).toMatchObject({ BackoffRate: 2, JitterStrategy: "FULL", MaxDelaySeconds: expect.any(Number) });
    expect(retrier.MaxDelaySeconds).toBeLessThanOrEqual(600);
  }
});
