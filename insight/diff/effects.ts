/** What saving an edit does, and to how many customers: structure is pinned to who is inside, rules and copy are live. */
import { type Journey, type JourneyStatus, unversioned } from "../../lambdas/domain/journey.ts";
import type { Difference } from "./differences.ts";

export interface Effect {
  /** The member of the document that causes it. */
  readonly part: string;
  /** How many customers who are inside now it concerns. */
  readonly customers: number;
  readonly text: string;
}

export interface Place {
  /** The version that is live; 0 = none yet. */
  readonly version: number;
  /** Everyone inside, whatever version they entered with. */
  readonly inside: number;
  /** How many of them are at which component. */
  readonly at: Readonly<Record<string, number>>;
}

/** Members that take effect at once for those inside too, although they are a part of the version. */
const live: readonly string[] = ["exit", "goals", "trigger", "description"];

/** Whether saving makes a new version. A draft is never frozen. */
export function makesVersion(found: readonly Difference[], status: JourneyStatus, { version }: Place): boolean {
  const content = found.some(({ part }) => !(unversioned as readonly string[]).includes(part));
  return status !== "draft" && (version === 0 || content);
}

export function effectsOf(found: readonly Difference[], { status }: Journey, place: Place): Effect[] {
  const changes = (part: string) => found.some((difference) => difference.part === part);
  const effects = changes("status") ? [statusEffect[status](place.inside)] : [];
  if (status === "draft") {
    const waits = found.some(({ part }) => part !== "status");
    const text = "A draft is never live: what else changes waits until the status is another one.";
    return [...effects, ...(waits ? [{ part: "status", customers: 0, text }] : [])];
  }
  if (changes("trigger")) effects.push(triggerEffect);
  const pinned = found.filter(({ part }) => !live.includes(part) && !(unversioned as readonly string[]).includes(part));
  if (pinned.length > 0) effects.push(pinnedEffect(place.inside), ...atChanged(pinned, place));
  if (changes("exit")) effects.push(exitEffect(place.inside));
  if (changes("goals")) effects.push(goalsEffect(place.inside));
  return effects;
}

/** `1 customer`, `5 customers` */
export const people = (count: number) => `${count} customer${count === 1 ? "" : "s"}`;

const statusEffect: Readonly<Record<JourneyStatus, (inside: number) => Effect>> = {
  active: () => ({ part: "status", customers: 0, text: "Customers who fit the trigger enter from now on." }),
  paused: (inside) => ({
    part: "status",
    customers: inside,
    text: `Nobody enters any more. ${inside} inside go on to their ends.`,
  }),
  stopped: (inside) => ({
    part: "status",
    customers: inside,
    text: `Nobody enters any more. All ${inside} inside exit (journey-stopped) and get no further message.`,
  }),
  draft: (inside) => ({
    part: "status",
    customers: inside,
    text: `Nobody enters any more. ${inside} inside go on to their ends.`,
  }),
};

const triggerEffect: Effect = {
  part: "trigger",
  customers: 0,
  text: "The new trigger decides who enters from now on. It does not take out anybody who is inside.",
};

const pinnedEffect = (inside: number): Effect => ({
  part: "components",
  customers: inside,
  text: `${inside} inside keep the components of the version that they entered with; who enters from now on gets the new ones.`,
});

/** Those who stand at a component that changes: the ones who might be expected to notice, and do not. */
function atChanged(pinned: readonly Difference[], { at }: Place): Effect[] {
  const touched = Map.groupBy(
    pinned.filter(({ part }) => part === "components"),
    ({ path }) => path.split(".")[1] ?? "",
  );
  return [...touched].flatMap(([id, found]): Effect[] => {
    const customers = at[id] ?? 0;
    const isGone = found.some(({ kind, path }) => kind === "removed" && path === `components.${id}`);
    if (customers === 0) return [];
    const text = `${people(customers)} at "${id}", which ${isGone ? "goes" : "changes"}, go on from there as their version says.`;
    return [{ part: "components", customers, text }];
  });
}

const exitEffect = (inside: number): Effect => ({
  part: "exit",
  customers: inside,
  text: `The new exit rules hold for all ${inside} inside at once: whoever meets one by what happens from now on exits.`,
});

const goalsEffect = (inside: number): Effect => ({
  part: "goals",
  customers: inside,
  text: `The new goals count for all ${inside} inside and for those who have left, as far as their statistics time is not over. What was counted stays.`,
});
