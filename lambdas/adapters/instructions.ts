/**
 * Converts the times of an instruction for the state machine to real time, and to whole seconds where Step Functions
 * needs them.
 */
import type { Instruction } from "../app/instruction.ts";
import { type TimeScale, toReal } from "../domain/time/scaled-time.ts";
import { fromMilliseconds, type Time, toMilliseconds } from "../domain/time/time.ts";

/** `timeoutSeconds`: for `TimeoutSecondsPath`, which takes whole seconds from 1 on. */
export type MachineInstruction = Instruction & { readonly timeoutSeconds?: number };

export function forStateMachine(instruction: Instruction, now: Time, scale: TimeScale | undefined): MachineInstruction {
  if (!("until" in instruction)) return instruction;
  const until = scale ? toReal(instruction.until, scale) : wholeSecond(instruction.until);
  if (instruction.next === "wait") return { ...instruction, until };
  const milliseconds = toMilliseconds(until) - toMilliseconds(toReal(now, scale));
  return { ...instruction, until, timeoutSeconds: Math.max(1, Math.ceil(milliseconds / 1000)) };
}

/** The answer of another state machine, with the end of its wait in real time. */
export function realUntil<T extends { readonly until?: Time }>(answer: T, scale: TimeScale | undefined): T {
  const { until } = answer;
  if (until === undefined) return answer;
  return { ...answer, until: scale ? toReal(until, scale) : wholeSecond(until) };
}

/** Rounds up, because Step Functions cuts milliseconds off and a wait that ends too early would be set again. */
function wholeSecond(time: Time): Time {
  return fromMilliseconds(Math.ceil(toMilliseconds(time) / 1000) * 1000);
}
