/** The law of an edited journey: what happens once an edit is live meets its rules, for the customers inside too. */
import { goalDeadline } from "../../lambdas/domain/journey/goal-deadline.ts";
import { met } from "./met.ts";
import type { FaultWorld } from "./world.ts";

/** A slow call outlives the old view, and a wrong clock moves the time at which an event is handled. */
const lateWriters: ReadonlySet<string> = new Set(["slow", "skew"]);

export const editLaws = {
  *"what happens after an edit meets its rules"({ life, journeys, store }: FaultWorld): Iterable<string> {
    if (life.faults.some(({ kind }) => lateWriters.has(kind))) return;
    const lives = new Map([...journeys.all()].map((live) => [live.journey.id, live]));
    for (const { enrollments, events } of store.all())
      for (const enrollment of enrollments.values()) {
        const { journey, publishedAt = "" } = lives.get(enrollment.journeyId) ?? {};
        if (!journey || enrollment.status !== "active") continue;
        const since = [...events.values()].filter(({ handledAt = "" }) => handledAt > publishedAt);
        for (const rule of journey.exit ?? [])
          if (met(rule, enrollment, since)) yield `${enrollment.enrollmentId} met ${rule.id} and is inside`;
        for (const goal of journey.goals ?? []) {
          const inTime = since.filter(({ time }) => time <= goalDeadline(goal, enrollment));
          if (met(goal, enrollment, inTime) && enrollment.goals[goal.id] === undefined)
            yield `${enrollment.enrollmentId} reached ${goal.id} and it is not counted`;
        }
      }
  },
};
