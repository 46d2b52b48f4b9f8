/**
 * One step of the state machine of audience runs: the request of the state machine, and the answer, which names the
 * next step.
 */
import type { RunRef } from "../../domain/schedule/audience-run.ts";
import type { Time } from "../../domain/time/time.ts";
import { considerPart, type PartPorts } from "./consider-part.ts";
import { type PlanPorts, planRun, type RunStart } from "./plan-run.ts";
import { type Look, sumUp } from "./sum-up.ts";

export type RunStep =
  | { readonly step: "plan"; readonly start: RunStart; readonly execution: string }
  | ({ readonly step: "consider"; readonly part: number } & RunRef)
  | ({ readonly step: "sum-up"; readonly look: Look | null } & RunRef);

export interface RunInstruction {
  readonly next: "consider" | "continue" | "wait" | "done";
  readonly until?: Time;
  readonly journeyId?: string;
  readonly runId?: string;
  /** The numbers of the parts. */
  readonly parts?: readonly number[];
  /** The numbers with which the next look at the queue is compared. */
  readonly look?: Look | null;
}

export type RunPorts = PlanPorts & PartPorts;

type Steps = {
  readonly [S in RunStep["step"]]: (
    step: Extract<RunStep, { step: S }>,
    ports: RunPorts,
    isOver: () => boolean,
  ) => Promise<RunInstruction>;
};

const steps: Steps = {
  plan: async ({ start, execution }, ports) => {
    const planned = await planRun(start, execution, ports);
    return planned ? { next: "consider", ...about(planned, planned.parts, null) } : { next: "done" };
  },
  consider: ({ journeyId, runId, part }, ports, isOver) => considerPart({ journeyId, runId, part }, ports, isOver),
  "sum-up": async ({ look, ...ref }, ports) => {
    const instruction = await sumUp(ref, look ?? undefined, ports);
    if (instruction.next === "done") return instruction;
    const { parts = 0 } = (await ports.runs.get(ref)) ?? {};
    if (instruction.next === "consider") return { next: "consider", ...about(ref, parts, look) };
    const { next, until, waiting, since } = instruction;
    return { next, until, ...about(ref, parts, { waiting, since }) };
  },
};

export function runStep(step: RunStep, ports: RunPorts, isOver: () => boolean): Promise<RunInstruction> {
  return (steps[step.step] as Steps["plan"])(step as Extract<RunStep, { step: "plan" }>, ports, isOver);
}

function about({ journeyId, runId }: RunRef, parts: number, look: Look | null) {
  return { journeyId, runId, parts: Array.from({ length: parts }, (_, part) => part), look };
}
