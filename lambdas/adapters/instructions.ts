/** What the state machine is told: real time, and whole seconds where it counts in them. */
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

/** Step Functions cuts milliseconds off; a wait that ends too soon would only be set again, and again. */
function wholeSecond(time: Time): Time {
  return fromMilliseconds(Math.ceil(toMilliseconds(time) / 1000) * 1000);
}
