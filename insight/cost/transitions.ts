/**
 * How many state transitions an instruction costs: the states that the machine enters because of it, found by walking
 * its definition. AWS counts one "each time a step of your workflow is executed" (https://aws.amazon.com/step-functions/pricing/).
 */
import { readFileSync } from "node:fs";
import type { Instruction } from "../../lambdas/app/instruction.ts";
import { type Machine, walk } from "../../statemachines/walk.ts";

const definition = new URL("../../statemachines/journey.asl.json", import.meta.url);
// biome-ignore lint/suspicious/noTemplateCurlyInString: what CDK puts in place of it.
const ADVANCE = "${AdvanceFunctionArn}";
// biome-ignore lint/suspicious/noTemplateCurlyInString: what CDK puts in place of it.
const AWAIT_SIGNAL = "${AwaitSignalFunctionArn}";

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
  const machine: Machine = JSON.parse(readFileSync(definition, "utf8"));
  const left = [...instructions];
  const { states, end } = walk(
    machine,
    { customerId: "c", enrollmentId: "e" },
    {
      [ADVANCE]: () => ({ next: left.shift(), until: "2026-01-01T00:00:00Z", visit: 0, timeoutSeconds: 1 }),
      [AWAIT_SIGNAL]: () => undefined,
    },
  );
  if (end !== "succeeded") throw new Error(`The state machine ends with ${end} after ${states.join(", ")}.`);
  return states.length;
}
