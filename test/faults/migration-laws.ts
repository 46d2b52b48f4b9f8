/** The laws of a migrated customer. They know nothing of how a migration decides. */
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";
import { edges, pathAvoiding, reachable } from "../../lambdas/domain/journey/graph.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import { outlets } from "../../lambdas/domain/journey/outlets.ts";
import { canonical, type Json } from "../../lambdas/domain/values/json.ts";
import type { FaultWorld } from "./world.ts";

/** A change that a move of a customer made and must not make; `undefined`: there is none. */
export function changedByMove(before: Enrollment, after: Enrollment): string | undefined {
  if (before.journeyVersion === after.journeyVersion) return undefined;
  const kept = ({ status, goals, hops, dueAt, parked, position, executions, steps, messages }: Enrollment) =>
    canonical({
      ...{ status, goals, hops, executions },
      ...{ dueAt: dueAt ?? null, parked: parked ?? null, position: { ...position, componentId: "" } },
      steps: steps.map(({ at, leftAt, until, type }) => ({ at, type, leftAt: leftAt ?? null, until: until ?? null })),
      messages: messages.map((message) => ({ ...message, componentId: "" })),
    } as unknown as Json);
  if (kept(before) !== kept(after))
    return `the move of ${after.enrollmentId} changed ${kept(before)} to ${kept(after)}`;
  if (before.position.claim !== undefined) return `${after.enrollmentId} moved while a message was claimed`;
  return before.status === "active" ? undefined : `${after.enrollmentId} moved after its end`;
}

export const migrationLaws = {
  /** A customer gets a template at most as often as on the longest way through one of the versions. */
  async *"a migrated customer gets no message again"(world: FaultWorld): AsyncIterable<string> {
    for (const [enrollment, versions] of await migrated(world)) {
      const sent = world.ledger.sent.filter(({ claim }) => claim.enrollmentId === enrollment.enrollmentId);
      for (const [template, all] of Map.groupBy(sent, ({ message }) => message.template)) {
        const times = new Set(all.map(({ claim }) => claim.messageId)).size;
        const most = Math.max(...versions.map((journey) => mostSends(journey, template)));
        if (times > most) yield `${enrollment.enrollmentId} got ${template} ${times} times, at most ${most}`;
      }
    }
  },

  /** A message that lies on every way through the version in which the customer completes. */
  async *"a migrated customer misses no message"(world: FaultWorld): AsyncIterable<string> {
    for (const [enrollment, versions] of await migrated(world)) {
      const journey = versions.at(-1);
      if (!journey || enrollment.status !== "completed") continue;
      const graph = edges(journey);
      for (const [id, component] of Object.entries(journey.components)) {
        if (component.type !== "sendTemplate") continue;
        const others = [...reachable(graph, journey.start)].filter((each) => each !== id);
        const passed = others.some(
          (each) =>
            outlets(journey.components[each] ?? component).some(({ to }) => to === undefined) &&
            pathAvoiding(graph, journey.start, each, id) !== undefined,
        );
        if (!passed && !enrollment.messages.some(({ componentId }) => componentId === id))
          yield `${enrollment.enrollmentId} completed without ${id}`;
      }
    }
  },
};

/** The migrated enrollments with their versions, the present one last. */
async function migrated(world: FaultWorld): Promise<[Enrollment, Journey[]][]> {
  const found: [Enrollment, Journey[]][] = [];
  for (const { enrollments } of world.store.all())
    for (const enrollment of enrollments.values()) {
      const { journeyId, migrations = [], journeyVersion } = enrollment;
      if (migrations.length === 0) continue;
      const numbers = [...migrations.map(({ from }) => from), journeyVersion];
      const versions = await Promise.all(numbers.map((number) => world.journeys.version(journeyId, number)));
      found.push([enrollment, versions.flatMap((version) => version ?? [])]);
    }
  return found;
}

/** How often a way through the journey sends the template, at most; in a loop, as often as one likes. */
function mostSends({ start, components }: Journey, template: string): number {
  const graph = edges({ components });
  const known = new Map<string, number>();
  const from = (id: string, above: ReadonlySet<string>): number => {
    if (above.has(id)) return Number.POSITIVE_INFINITY;
    const before = known.get(id);
    if (before !== undefined) return before;
    const component = components[id];
    const here = component?.type === "sendTemplate" && component.template === template ? 1 : 0;
    const most = here + Math.max(0, ...(graph.get(id) ?? []).map((to) => from(to, new Set([...above, id]))));
    known.set(id, most);
    return most;
  };
  return from(start, new Set());
}
