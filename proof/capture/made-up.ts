/**
 * Puts made-up values in the place of a customer's own. All times move by 28 years: then days of the week, days of the
 * year and the rules of time zones are the same.
 */

import { canonicalNumber } from "../../lambdas/domain/customer/canonical-number.ts";
import { toTime } from "../../lambdas/domain/time/time.ts";
import { isTimezone } from "../../lambdas/domain/time/time-zone.ts";
import type { JsonObject } from "../../lambdas/domain/values/json.ts";
import { type Leaf, leavesIn } from "./personal.ts";
import type { Recorded } from "./recorded-scenario.ts";
import type { Holds } from "./reduce.ts";

const YEARS = 28;
const zones = ["Etc/UTC", "Europe/Vienna", "Europe/Paris", "America/Toronto", "America/Chicago", "Asia/Seoul"];

/** Telephone numbers that are reserved for fiction, so nobody has them. */
const numbers = ["+12025550100", "+12025550101", "+12025550102"];

/** `undefined`: a value cannot be replaced without changing the passage. */
export async function madeUp(
  scenario: Recorded,
  { personal, holds }: { personal: ReadonlySet<Leaf>; holds: Holds },
): Promise<Recorded | { readonly stuck: Leaf }> {
  let now = withLaterSchedules(replaced(scenario, inOtherYears(scenario)));
  if (!(await holds(now))) return { stuck: String(scenario.events[0]?.at ?? scenario.until ?? "") };
  const ids = new Map<Leaf, Leaf>([[String(scenario.customers[0]?.customerId), "customer-1"]]);
  for (const [index, { id }] of now.events.entries()) if (typeof id === "string") ids.set(id, `event-${index + 1}`);
  now = replaced(now, ids);
  if (!(await holds(now))) return { stuck: [...ids.keys()][0] ?? "" };
  const limits = leavesIn([now.journeys, now.segments]);
  for (const value of new Set(leavesIn([now.customers, now.events.map(({ data, customer }) => [data, customer])]))) {
    if (!personal.has(value)) continue;
    const other = await firstThatHolds(now, value, candidates(value, limits), { personal, holds });
    if (!other) return { stuck: value };
    now = other;
  }
  return now;
}

async function firstThatHolds(
  scenario: Recorded,
  value: Leaf,
  others: readonly Leaf[],
  { personal, holds }: { personal: ReadonlySet<Leaf>; holds: Holds },
): Promise<Recorded | undefined> {
  const taken = new Set(leavesIn([scenario.customers, scenario.events]));
  for (const other of others) {
    if (personal.has(other) || taken.has(other)) continue;
    const next = replaced(scenario, new Map([[value, other]]));
    if (await holds(next)) return next;
  }
  return undefined;
}

function candidates(value: Leaf, ofJourney: readonly Leaf[]): Leaf[] {
  if (typeof value === "number") {
    const near = ofJourney.filter((each) => typeof each === "number").flatMap((each) => [each + 1, each - 1, each]);
    return [1001, ...near, value + 1, value - 1, value * 2 + 1, 0];
  }
  if (value.includes("@")) return ["someone@mail.example"];
  if (canonicalNumber(value) !== undefined) return numbers;
  if (isTimezone(value)) return zones;
  const texts = ofJourney.filter((each) => typeof each === "string");
  return [
    ...Array.from({ length: 9 }, (_, index) => `made-up-${index + 1}`),
    ...texts.flatMap((text) => [`${text}-1`, `a-${text}`, text]),
  ];
}

/**
 * Every time in the scenario, and the same time 28 years later. Of the times in journeys, only the times of schedules
 * are moved.
 */
function inOtherYears({ customers, events, statuses, edits, entries, until }: Recorded): Map<Leaf, Leaf> {
  const moved = new Map<Leaf, Leaf>();
  for (const value of leavesIn([customers, events, statuses, [...edits, ...entries].map(({ at }) => at), until])) {
    const other = later(value);
    if (other !== undefined) moved.set(value, other);
  }
  return moved;
}

/** A schedule with a single time is moved too, because its time is as old as the passage. */
function withLaterSchedules({ journeys = [], edits, ...scenario }: Recorded): Recorded {
  const other = (journey: JsonObject): JsonObject => {
    const { trigger } = journey as { trigger?: { schedule?: { at?: string } } };
    const at = trigger?.schedule?.at;
    const moved = at === undefined ? undefined : `${Number(at.slice(0, 4)) + YEARS}${at.slice(4)}`;
    return moved === undefined
      ? journey
      : ({ ...journey, trigger: { ...trigger, schedule: { ...trigger?.schedule, at: moved } } } as JsonObject);
  };
  return {
    ...scenario,
    journeys: (journeys as JsonObject[]).map(other),
    edits: edits.map((edit) => (edit.journey ? { ...edit, journey: other(edit.journey as JsonObject) } : edit)),
  };
}

function later(value: Leaf): Leaf | undefined {
  if (typeof value === "string") {
    const year = /^\d{4}(?=-\d{2}-\d{2})/.exec(value)?.[0];
    const isTime = year !== undefined && (toTime(value) !== undefined || /^\d{4}-\d{2}-\d{2}$/.test(value));
    return isTime ? `${Number(year) + YEARS}${value.slice(4)}` : undefined;
  }
  const digits = String(value).length;
  const seconds = YEARS * 365.25 * 86_400;
  return digits === 10 ? value + seconds : digits === 13 ? value + seconds * 1000 : undefined;
}

/** The scenario with other values; its journeys and templates stay as they are. */
function replaced(scenario: Recorded, values: ReadonlyMap<Leaf, Leaf>): Recorded {
  const { journeys = [], templates = [], segments, edits, entries, ...rest } = scenario;
  const at = (time: string) => String(values.get(time) ?? time);
  return {
    journeys,
    templates,
    segments,
    ...(inside(rest, values) as Omit<Recorded, "segments" | "edits" | "entries">),
    edits: edits.map((edit) => ({ ...edit, at: at(edit.at) })),
    entries: entries.map(({ customers = [], ...entry }) => ({
      ...entry,
      at: at(entry.at),
      customers: customers.map((each) => String(values.get(each) ?? each)),
    })),
  };
}

function inside(value: unknown, values: ReadonlyMap<Leaf, Leaf>): unknown {
  if (typeof value === "string" || typeof value === "number") return values.get(value) ?? value;
  if (Array.isArray(value)) return value.map((item) => inside(item, values));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, inside(member, values)]));
}
