/** Reads the step log of an enrollment. */
import type { Time } from "../time/time.ts";
import type { Enrollment, Step } from "./enrollment.ts";

/** The steps that the present version has decided. */
export function stepsInVersion({ steps, migrations }: Pick<Enrollment, "steps" | "migrations">): readonly Step[] {
  return steps.slice(migrations?.at(-1)?.steps ?? 0);
}

/** When the customer began to wait at their component; `undefined` if they do not wait. */
export function waitingSince({ steps }: Pick<Enrollment, "steps">): Time | undefined {
  const last = steps.at(-1);
  return last?.outcome === "waiting" ? last.at : undefined;
}

/**
 * The most components that one enrollment may visit; a component that sends counts as three. A longer loop would outgrow
 * its execution, or its item: a step takes up to 290 bytes of the item's 400 KB, a message up to 590.
 */
export const MOST_VISITS = 1000;

/** Whether the customer left this component earlier and has not waited since. A loop without a wait would never end. */
export function hasLoopedWithoutWait({ steps }: Pick<Enrollment, "steps">, componentId: string): boolean {
  for (let index = steps.length - 1; index >= 0; index--) {
    const step = steps[index] as Step;
    if (step.until !== undefined && step.outcome !== "waiting") return false;
    if (step.componentId === componentId && step.outcome !== "waiting") return true;
  }
  return false;
}
