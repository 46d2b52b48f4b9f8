/**
 * The number of state transitions that an instruction costs: the states that the machine enters because of it, found by
 * walking the machine's definition. AWS counts one "each time a step of your workflow is executed" (https://aws.amazon.com/step-functions/pricing/).
 */
import type { Instruction } from "../../lambdas/app/instruction.ts";
import definition from "../../statemachines/journey.asl.json" with { type: "json" };
import { type Machine, walk } from "../../statemachines/walk.ts";

/** The placeholders of the definition, which CDK replaces with the functions' ARNs. */
const ADVANCE = placeholder("AdvanceFunctionArn");
const AWAIT_SIGNAL = placeholder("AwaitSignalFunctionArn");

const known = new Map<Instruction["next"], number>();

export function transitionsOf({ next }: Instruction): number {
  let transitions = known.get(next);
  if (transitions === undefined) {
    transitions = next === "done" ? statesOf(["done"]) : statesOf([next, "done"]) - statesOf(["done"]);
    known.set(next, transitions);
  }
  return transitions;
}

function statesOf(instructions: readonly Instruction["next"][]): number {
  const left = [...instructions];
  const { states, end } = walk(
    definition as Machine,
    { customerId: "c", enrollmentId: "e" },
    {
      [ADVANCE]: () => ({ next: left.shift(), until: "2026-01-01T00:00:00Z", visit: 0, timeoutSeconds: 1 }),
      [AWAIT_SIGNAL]: () => undefined,
    },
  );
  if (end !== "succeeded") throw new Error(`The state machine ends with ${end} after ${states.join(", ")}.`);
  return states.length;
}

function placeholder(name: string): string {
  return `\${${name}}`;
}
