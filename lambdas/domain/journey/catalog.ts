/** An index of the live journeys by event name and customer field, so that an event reaches only journeys that use it. */

import type { Condition } from "../conditions/condition.ts";
import { customerFields } from "../conditions/fields-read.ts";
import type { Time } from "../time/time.ts";
import { namesIn } from "../values/path.ts";
import { goalDeadline } from "./goal-deadline.ts";
import type { Journey, JourneyStatus } from "./journey.ts";
import { isByChange } from "./starts.ts";

/** A live journey: the content of the live version with the current name and status. */
export interface LiveJourney {
  readonly version: number;
  readonly journey: Journey;
  /** The time of the last publication. */
  readonly publishedAt?: Time;
  /** When the journey is held: the status that `journeys resume` restores. */
  readonly beforeHold?: JourneyStatus;
  /** The time of the last stop; it stays when the journey becomes active again. */
  readonly stoppedAt?: Time;
  /** When an edit last added a goal, or changed how long one counts. */
  readonly goalsChangedAt?: Time;
  /** The place of the published save among the saves of the document. */
  readonly order?: string;
  /** The events that customers inside may wait for, in any version. */
  readonly awaited?: readonly string[];
}

export interface Catalog {
  readonly journeys: readonly LiveJourney[];
  /** Journeys whose trigger has this event. */
  triggeredBy(event: string): readonly LiveJourney[];
  /** Whether an exit rule, a goal or a `waitFor` uses events of this name. */
  watches(event: string): boolean;
  /**
   * `undefined`: no goal of a live version listens to this event (without `event`: to changes of the customer). Otherwise
   * the time until which such a goal may count for enrollments that were closed before an edit of the goals; empty if
   * there was none.
   */
  goalsReopenUntil(event: string | undefined): Time | undefined;
  /** The customer attributes that rules on this event read in the live versions. */
  attributesRead(event: string): readonly string[];
  /** Journeys without a trigger event whose `where` reads one of these customer fields. */
  triggeredByChange(fields: Iterable<string>): readonly LiveJourney[];
  /** The customer fields that those `where` conditions read, by attribute. */
  readonly changeFields: ReadonlyMap<string, readonly string[]>;
}

/** A draft that was never live is not in the catalog, so it adds no work to an event. */
export function catalogOf(all: Iterable<LiveJourney>): Catalog {
  const journeys = [...all];
  const byEvent = new Map<string, LiveJourney[]>();
  const byField = new Map<string, LiveJourney[]>();
  const watched = new Set<string>();
  const reopenUntil = new Map<string | undefined, Time>();
  const read = new Map<string, Set<string>>();
  for (const live of journeys) {
    if (live.version === 0) continue;
    const { exit = [], goals = [], trigger } = live.journey;
    const { event, where } = trigger;
    for (const rule of [...exit, ...goals]) if (rule.event !== undefined) watched.add(rule.event);
    for (const goal of goals) {
      const until = live.goalsChangedAt === undefined ? "" : goalDeadline(goal, { enteredAt: live.goalsChangedAt });
      if (until >= (reopenUntil.get(goal.event) ?? "")) reopenUntil.set(goal.event, until);
    }
    for (const name of awaitedOf(live)) watched.add(name);
    for (const rule of rulesOn(live.journey))
      read.set(rule.event, new Set([...(read.get(rule.event) ?? []), ...attributesOf(rule.where)]));
    if (event !== undefined) add(byEvent, event, live);
    else if (where && isByChange(trigger)) for (const field of customerFields(where)) add(byField, field, live);
  }
  return {
    journeys,
    triggeredBy: (event) => byEvent.get(event) ?? [],
    watches: (event) => watched.has(event),
    goalsReopenUntil: (event) => reopenUntil.get(event),
    attributesRead: (event) => [...(read.get(event) ?? [])].sort(),
    triggeredByChange: (fields) => [...new Set([...fields].flatMap((field) => byField.get(field) ?? []))],
    changeFields: Map.groupBy(byField.keys(), (field) => namesIn(field)[0] ?? ""),
  };
}

/** The exit rules, goals and branches on an event. */
function rulesOn({ exit = [], goals = [], components }: Journey): { event: string; where?: Condition | undefined }[] {
  const branches = Object.values(components).flatMap((component) =>
    component.type === "waitFor" ? component.branches : [],
  );
  return [...exit, ...goals, ...branches].flatMap(({ event, where }) =>
    event === undefined ? [] : [{ event, where }],
  );
}

function attributesOf(where: Condition | undefined): string[] {
  return where ? customerFields(where).flatMap((field) => namesIn(field)[0] ?? []) : [];
}

/** The events that customers of a journey may wait for, in the live version and in earlier versions. */
export function awaitedOf({ journey, awaited = [] }: Pick<LiveJourney, "journey" | "awaited">): string[] {
  const names = Object.values(journey.components).flatMap((component) =>
    component.type === "waitFor" ? component.branches.flatMap(({ event }) => event ?? []) : [],
  );
  return [...new Set([...awaited, ...names])];
}

function add<T>(lists: Map<string, T[]>, name: string, item: T): void {
  const list = lists.get(name);
  if (list) list.push(item);
  else lists.set(name, [item]);
}
