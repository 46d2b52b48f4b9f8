/** The state machine of audience runs: its definition, and that every instruction of its function has a way. */
import { readFileSync } from "node:fs";
import validate from "asl-validator";
import { describe, expect, test } from "vitest";
import type { PartInstruction } from "../../lambdas/app/runs/consider-part.ts";
import type { SumInstruction } from "../../lambdas/app/runs/sum-up.ts";
import type { Machine, State } from "../../statemachines/walk.ts";

const text = readFileSync("statemachines/audience-run.asl.json", "utf8");
const definition = JSON.parse(text.replaceAll(/\$\{(\w+)\}/g, "$1")) as Machine;
const { States } = definition;
const { ItemProcessor, ToleratedFailurePercentage } = States.Consider as State & {
  readonly ItemProcessor: Machine;
  readonly ToleratedFailurePercentage: number;
};

const choices = ({ Choices = [] }: State) => Choices.map(({ StringEquals, Next }) => [StringEquals, Next]);

test("the definition is valid", () => expect(validate(definition)).toMatchObject({ isValid: true, errors: [] }));

describe("each answer of the function has one way", () => {
  test("after a part", () => {
    const ways: Record<PartInstruction["next"], string> = {
      continue: "ConsiderPart",
      wait: "PartWait",
      done: "PartDone",
    };
    expect(choices(ItemProcessor.States.PartRoute as State)).toEqual(Object.entries(ways));
  });

  test("after the sum", () => {
    const ways: Record<SumInstruction["next"], string> = { wait: "WaitForQueue", consider: "Consider", done: "Done" };
    expect(choices(States.Summed as State)).toEqual(Object.entries(ways));
  });
});

test("a part that fails in the end does not end the run: the others go on, and SumUp starts it again", () => {
  expect(ToleratedFailurePercentage).toBe(100);
  expect(States.Consider).toMatchObject({ Next: "SumUp" });
});

test("every task is repeated for about two hours", () => {
  const tasks = [...Object.values(States), ...Object.values(ItemProcessor.States)].filter(
    ({ Type }) => Type === "Task",
  );
  expect(tasks).toHaveLength(3);
  for (const { Retry } of tasks) expect(Retry).toMatchObject([{ ErrorEquals: ["States.ALL"], MaxAttempts: 30 }]);
});
