/**
 * The passages of each customer of a simulation, read from the lines of its timeline. Stored data cannot be used,
 * because it is gone when a customer was erased.
 */
import type { ExitReason } from "../../lambdas/domain/reasons/reason.ts";
import type { Time } from "../../lambdas/domain/time/time.ts";
import type { CustomerLine, TimelineLine } from "../../simulator/timeline.ts";

export interface Visit {
  readonly componentId: string;
  readonly at: Time;
  /** Absent: the customer left the journey here. */
  readonly outcome?: string;
  readonly line: TimelineLine;
}

/** One enrollment. */
export interface Passage {
  readonly customerId: string;
  readonly journeyId: string;
  readonly visits: Visit[];
  readonly messages: { readonly componentId: string; readonly at: Time; readonly line: TimelineLine }[];
  readonly goals: string[];
  ended: "completed" | "exited" | "failed" | "active";
  reason?: string;
  last: TimelineLine;
}

/** The passages in the order of entry. */
export function passagesOf(lines: readonly TimelineLine[]): Passage[] {
  const passages = new Map<string, Passage>();
  for (const line of lines) {
    if (line.kind === "run" || line.kind === "not-entered") continue;
    const { customerId, journeyId, enrollmentId } = line;
    const key = JSON.stringify([customerId, enrollmentId]);
    const passage = passages.get(key) ?? empty(customerId, journeyId, line);
    passages.set(key, passage);
    passage.last = line;
    add(line, passage);
  }
  return [...passages.values()];
}

function empty(customerId: string, journeyId: string, last: TimelineLine): Passage {
  return { customerId, journeyId, visits: [], messages: [], goals: [], ended: "active", last };
}

/**
 * The exits that a component decides: the customer came to it. An exit that no component decides may come between two
 * components.
 */
const byComponent: Readonly<Record<ExitReason, boolean>> = {
  "frequency-cap": true,
  "quiet-hours": true,
  "if-past": true,
  "no-time": true,
  "journey-stopped": false,
  "customer-deleted": false,
};

/** `reason`: of an exit, or the id of an exit rule. */
function isDecidedByComponent(reason: string): boolean {
  return Object.hasOwn(byComponent, reason) && byComponent[reason as ExitReason];
}

function add(line: CustomerLine, passage: Passage): void {
  const { visits } = passage;
  switch (line.kind) {
    case "entered":
    case "not-entered":
      return;
    case "component": {
      const { componentId, at, outcome } = line;
      const previous = visits.at(-1);
      const sameVisit = previous?.outcome === "waiting" && previous.componentId === componentId;
      if (sameVisit) visits[visits.length - 1] = { ...previous, outcome, line };
      else visits.push({ componentId, at, outcome, line });
      return;
    }
    case "message":
      passage.messages.push({ componentId: line.componentId, at: line.at, line });
      return;
    case "goal":
      passage.goals.push(line.goalId);
      return;
    case "exited":
      if (isDecidedByComponent(line.reason) && visits.at(-1)?.componentId !== line.componentId)
        visits.push({ componentId: line.componentId, at: line.at, line });
      passage.ended = "exited";
      passage.reason = line.reason;
      return;
    case "failed":
      passage.ended = "failed";
      passage.reason = line.reason;
      return;
    case "completed":
      passage.ended = "completed";
      return;
    default:
      line satisfies never;
  }
}
