/**
 * What saving an edit does, and to how many customers. Customers inside keep the components of their version; exit
 * rules, goals and templates take effect at once for every customer.
 */
import { type Journey, type JourneyStatus, unversioned } from "../../lambdas/domain/journey/journey.ts";
import { own } from "../../lambdas/domain/values/json.ts";
import { count, insideDo, verb } from "../words/count.ts";
import type { Difference } from "./differences.ts";

export interface Effect {
  /** The member of the document that has this effect. */
  readonly part: string;
  /** The number of customers inside who are affected. */
  readonly customers: number;
  readonly text: string;
}

/** Where the customers of a journey are now. */
export interface Place {
  /** The live version; 0: none yet. */
  readonly version: number;
  /** The number of customers inside, with any version. */
  readonly inside: number;
  /** The number of customers at each component. */
  readonly at: Readonly<Record<string, number>>;
}

/** Members of a version that take effect at once, also for customers who are inside. */
const live: readonly string[] = ["exit", "goals", "trigger", "description"];

/** Whether a change makes no new version: of a member such as `status`, or of the name or note of a component. */
function isUnversioned({ part, path }: Difference): boolean {
  return (unversioned as readonly string[]).includes(part) || /^components\.[^.]+\.(name|note)$/.test(path);
}

/** Whether saving creates a new version. A draft never does. */
export function makesVersion(found: readonly Difference[], status: JourneyStatus, { version }: Place): boolean {
  const content = found.some((difference) => !isUnversioned(difference));
  return status !== "draft" && (version === 0 || content);
}

export function effectsOf(found: readonly Difference[], { status }: Journey, place: Place): Effect[] {
  const changes = (part: string) => found.some((difference) => difference.part === part);
  const effects = changes("status") ? [statusEffect[status](place.inside)] : [];
  if (status === "draft") {
    const waits = found.some(({ part }) => part !== "status");
    const text = "A draft is never live: the other changes take effect when the status is no longer draft.";
    return [...effects, ...(waits ? [{ part: "status", customers: 0, text }] : [])];
  }
  if (changes("trigger")) effects.push(triggerEffect);
  const pinned = found.filter((difference) => !live.includes(difference.part) && !isUnversioned(difference));
  if (pinned.length > 0) effects.push(pinnedEffect(place.inside), ...atChanged(pinned, place));
  if (changes("exit")) effects.push(exitEffect(place.inside));
  if (changes("goals")) effects.push(goalsEffect(place.inside));
  return effects;
}

const statusEffect: Readonly<Record<JourneyStatus, (inside: number) => Effect>> = {
  active: () => ({ part: "status", customers: 0, text: "Customers who match the trigger enter from now on." }),
  paused: (inside) => ({
    part: "status",
    customers: inside,
    text: `No customer enters any more. ${insideDo(inside, "continue")} to the end.`,
  }),
  held: (inside) => ({
    part: "status",
    customers: inside,
    text: `No customer enters any more. ${insideDo(inside, "stay")} where they are until the journey is resumed.`,
  }),
  stopped: (inside) => ({
    part: "status",
    customers: inside,
    text: `No customer enters any more. ${insideDo(inside, "exit")} (journey-stopped) and ${verb(inside, "get")} no further message.`,
  }),
  draft: (inside) => ({
    part: "status",
    customers: inside,
    text: `No customer enters any more. ${insideDo(inside, "continue")} to the end.`,
  }),
};

const triggerEffect: Effect = {
  part: "trigger",
  customers: 0,
  text: "The new trigger decides which customers enter from now on. Customers who are inside stay inside.",
};

const pinnedEffect = (inside: number): Effect => ({
  part: "components",
  customers: inside,
  text: `${insideDo(inside, "keep")} the components of the version with which they entered. Customers who enter from now on get the new components.`,
});

/**
 * The customers who are at a changed component. Customers at a changed component continue with the old component, which
 * may surprise the admin.
 */
function atChanged(pinned: readonly Difference[], { at }: Place): Effect[] {
  const touched = Map.groupBy(
    pinned.filter(({ part }) => part === "components"),
    ({ path }) => path.split(".")[1] ?? "",
  );
  return [...touched].flatMap(([id, found]): Effect[] => {
    const customers = own(at, id) ?? 0;
    const isGone = found.some(({ kind, path }) => kind === "removed" && path === `components.${id}`);
    if (customers === 0) return [];
    const text = `${count(customers, "customer")} at "${id}", which ${isGone ? "is removed" : "changes"}, ${verb(customers, "continue")} from there with the components of their version.`;
    return [{ part: "components", customers, text }];
  });
}

const exitEffect = (inside: number): Effect => ({
  part: "exit",
  customers: inside,
  text: `The new exit rules apply at once to all customers inside (${inside}): a customer exits when a later event or change meets one.`,
});

const goalsEffect = (inside: number): Effect => ({
  part: "goals",
  customers: inside,
  text: `The new goals count for all customers inside (${inside}), and for customers who have left while the time limit of the goal has not passed. Goals that were counted stay counted.`,
});
