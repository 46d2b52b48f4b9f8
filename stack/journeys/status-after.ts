/** The status of a journey after a person has paused, held, resumed or stopped it. */
import type { JourneyStatus } from "../../lambdas/domain/journey/journey.ts";
import type { Stack } from "../stack.ts";

export type StatusVerb = "pause" | "hold" | "resume" | "stop";

export const statusOf = { pause: "paused", hold: "held", resume: "active", stop: "stopped" } as const satisfies Record<
  StatusVerb,
  JourneyStatus
>;

/** A held journey gets the status back that it had before. */
export async function statusAfter(verb: StatusVerb, id: string, stack: Stack): Promise<JourneyStatus> {
  const live = verb === "resume" ? await stack.ports.journeys.live(id) : undefined;
  return live?.journey.status === "held" ? (live.beforeHold ?? "active") : statusOf[verb];
}
