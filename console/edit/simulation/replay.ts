/** The state of a simulation at a moment: where each customer is, and how many customers came to each card. */
import { TRIGGER } from "../../../insight/picture/diagram/diagram.ts";
import type { Time } from "../../../lambdas/domain/time/time.ts";
import type { TimelineLine } from "../../../simulator/timeline.ts";

export interface Moment {
  readonly inside: readonly {
    readonly customerId: string;
    readonly enrollmentId: string;
    readonly componentId: string;
  }[];
  readonly came: ReadonlyMap<string, number>;
}

/** The times at which something happens, each once. */
export const momentsOf = (lines: readonly TimelineLine[]): readonly Time[] =>
  [...new Set(lines.map(({ at }) => at))].sort();

export function momentAt(lines: readonly TimelineLine[], until: Time): Moment {
  const inside = new Map<string, Moment["inside"][number]>();
  const came = new Map<string, Set<string>>();
  const arrive = (card: string, who: string) => came.set(card, (came.get(card) ?? new Set()).add(who));
  for (const line of lines) {
    if (line.at > until || !("enrollmentId" in line)) continue;
    const { customerId, enrollmentId } = line;
    if (line.kind === "entered") arrive(TRIGGER, enrollmentId);
    if (line.kind === "component") {
      arrive(line.componentId, enrollmentId);
      inside.set(enrollmentId, { customerId, enrollmentId, componentId: line.componentId });
    }
    if (line.kind === "goal") arrive(`~goal ${line.goalId}`, enrollmentId);
    if (line.kind === "exited") arrive(`~exit ${line.reason}`, enrollmentId);
    if (line.kind === "exited" || line.kind === "completed" || line.kind === "failed") inside.delete(enrollmentId);
  }
  return { inside: [...inside.values()], came: new Map([...came].map(([card, who]) => [card, who.size])) };
}

/** The cards that a customer came to until a moment. */
export function wayOf(lines: readonly TimelineLine[], customerId: string, until: Time): ReadonlySet<string> {
  const mine = lines.filter((line) => "customerId" in line && line.customerId === customerId);
  return new Set(momentAt(mine, until).came.keys());
}
