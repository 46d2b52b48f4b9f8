/**
 * Random schedules: the events of a few customers, and the faults meanwhile. There are only a few times, so that many
 * things happen at once. fast-check shrinks everything: fewer events, fewer faults, one caller after the other.
 */
import * as fc from "fast-check";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import type { Limits } from "../../lambdas/domain/messages/limits.ts";
import type { Status } from "../../lambdas/domain/messages/message-status.ts";
import type { Scenario } from "../../simulator/scenario.ts";
import { Lots } from "../fuzz/lots.ts";
import { eventNames, randomLimits, validJourney } from "../properties/journeys.ts";
import { callFaults, deliveryFaults, executionFaults, type Fault } from "./services/faults.ts";
import type { Texts } from "./texts/inbound.ts";
import { numbersOf, randomTexts, templates, textsOf, withEntries, withTexts } from "./texts/random-texts.ts";
import type { Life } from "./world.ts";

const START = Date.UTC(2026, 2, 25);
export const hours = (count: number) => new Date(START + count * 3_600_000).toISOString();
/** No event and no fault comes after this many hours. */
const CALM = 60;
const UNTIL = 120;

/** Six times, sometimes plus some seconds or minutes. */
const moment = fc
  .tuple(fc.constantFrom(0, 1, 4, 12, 13, 36), fc.constantFrom(0, 0, 0, 1, 20, 290, 900))
  .map(([hour, seconds]) => new Date(START + hour * 3_600_000 + seconds * 1000).toISOString());
const customerId = fc.constantFrom("p", "q");

const event = fc.record(
  {
    at: moment,
    event: fc.oneof(
      { weight: 30, arbitrary: fc.constantFrom(...eventNames) },
      { weight: 4, arbitrary: fc.constant("customer.updated") },
      { weight: 2, arbitrary: fc.constant("customer.deleted") },
    ),
    id: fc.integer({ min: 0, max: 15 }).map((n) => `e${n}`),
    customerId,
    time: moment,
    data: fc.record({ n: fc.integer({ min: 0, max: 3 }), k: fc.constantFrom("k1", "k2") }, { requiredKeys: ["n"] }),
    customer: fc.record(
      {
        plan: fc.constantFrom(1, 2, "1", null),
        n: fc.integer({ min: 0, max: 3 }),
        tags: fc.subarray(["x", "y"]),
        unsubscribed: fc.constantFrom(true, false, false, false),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ["at", "event", "id", "customerId"] },
);

/** Audience runs. Of the customer `r` nothing else is known. */
const entry = fc.record({ at: moment, journey: fc.constantFrom("first", "second") }).chain((run) =>
  fc.oneof(
    fc.shuffledSubarray(["p", "q", "r"], { minLength: 1 }).map((customers) => ({ ...run, customers })),
    fc.constant(run),
    fc.constantFrom(...eventNames).map((event) => ({ ...run, event, within: "P2D" })),
  ),
);

const limits = fc.option(randomLimits, { nil: undefined, freq: 2 });

const reports = fc.array(
  fc.array(
    fc.tuple(
      fc.constantFrom<Status>("sent", "delivered", "read", "clicked", "bounced", "complained", "failed"),
      fc.constantFrom(0, 1, 60, 1200, 20_000),
    ),
    { maxLength: 3 },
  ),
  { minLength: 1, maxLength: 3 },
);

const seconds = fc.constantFrom(0, 1, 10, 60, 120, 500, 600, 3600, 40_000);
const fault: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ kind: fc.constantFrom(...callFaults), from: fc.nat({ max: 120 }), seconds }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom(...deliveryFaults), from: fc.nat({ max: 20 }), seconds }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom(...executionFaults), from: fc.nat({ max: 2 }), seconds }) },
);

/** Quotas that a few customers can use up: a burst, and one more each so many seconds. */
const quota = fc
  .tuple(fc.constantFrom(0, 1, 2), fc.constantFrom(1, 20, 300))
  .map(([burst, seconds]) => ({ burst: burst + 1, perSecond: 1 / seconds }));
const quotas = fc.option(
  fc.record(
    {
      "executions.start": quota,
      "executions.stop": quota,
      "executions.signal": quota,
      "mail.send": quota,
      "sms.send": quota,
      "whatsapp.send": quota,
    },
    { requiredKeys: [] },
  ),
  { nil: undefined, freq: 2 },
);

/** Plain values only, so that a schedule can be printed and run again. */
export interface Schedule {
  readonly scenario: Scenario;
  readonly faults: readonly Fault[];
  readonly interleaving: number;
  readonly quotas?: Life["quotas"];
  readonly reports: Life["reports"];
  readonly texts?: Texts | undefined;
  readonly unsubscribes: NonNullable<Life["unsubscribes"]>;
  readonly migrations?: Life["migrations"];
  readonly cancels?: NonNullable<Life["cancels"]>;
}

export const randomSchedule: fc.Arbitrary<Schedule> = fc
  .record({
    first: validJourney("first"),
    second: validJourney("second"),
    /** The time at which the second journey is published; without, it exists from the start. */
    born: fc.option(moment, { nil: undefined, freq: 3 }),
    /** Whether all events and runs come within seconds after the second journey is published. */
    rush: fc.boolean(),
    /** Whether every second event or run comes within seconds after the first edit. */
    hasty: fc.boolean(),
    edits: fc.array(
      fc.record({
        at: moment,
        status: fc.constantFrom(
          "active" as const,
          "paused" as const,
          "held" as const,
          "held" as const,
          "stopped" as const,
          "draft" as const,
        ),
        whole: fc.boolean(),
      }),
      { maxLength: 3 },
    ),
    events: fc.array(event, { minLength: 1, maxLength: 8 }),
    unsubscribes: fc.array(fc.record({ at: moment, customerId }), { maxLength: 1 }),
    entries: fc.array(entry, { maxLength: 3 }),
    cancels: fc.array(fc.record({ at: moment, nth: fc.nat({ max: 2 }) }), { maxLength: 1 }),
    rate: fc.option(fc.constantFrom({ max: 1, per: "PT1H" }, { max: 2, per: "PT10M" }), { nil: undefined, freq: 2 }),
    /** The caps and quiet hours of each journey. */
    limits: fc.tuple(limits, limits),
    reports,
    /** The text channels of half of the schedules. */
    texts: fc.option(randomTexts(moment), { nil: undefined, freq: 2 }),
    faults: fc.array(fault, { maxLength: 12 }),
    quotas,
    interleaving: fc.nat({ max: 0xffff }),
  })
  .map(({ first: given, rate, second: other, limits, born, rush, hasty, edits, events, entries, texts, ...rest }) => {
    const unrated = limited(given, limits[0]);
    const rated = rate ? { ...unrated, trigger: { ...unrated.trigger, rate } } : unrated;
    const written = limited(other, limits[1]);
    const entered = texts && withEntries(withTexts(rated, texts, 0), texts, hours(0));
    const first = entered?.journey ?? rated;
    const second = texts ? withTexts(written, texts, 1) : written;
    const numbers = texts && numbersOf(texts, hours(0));
    const inTime = <E extends { readonly at: string; readonly time?: string }>(happens: E, index: number) => {
      if (born !== undefined && rush) return hurried(happens, born, index);
      const [edit] = edits;
      return hasty && edit && index % 2 === 1 ? hurried(happens, edit.at, index) : happens;
    };
    return {
      ...rest,
      ...(texts && { texts: textsOf(texts) }),
      scenario: {
        journeys: (born === undefined ? [first, second] : [first]) as unknown as Record<string, unknown>[],
        templates,
        customers: [
          { customerId: "p", email: "p@mail.example", ...numbers?.customers.get("p") },
          { customerId: "q", ...numbers?.customers.get("q") },
        ],
        entries: entries.map(inTime),
        events: [...(numbers?.events ?? []), ...(entered?.events ?? []), ...events.map(inTime)],
        edits: [
          ...(born === undefined ? [] : [{ at: born, journey: second as unknown as Record<string, unknown> }]),
          ...edits.map(({ at, status, whole }) => ({
            at,
            journey: { ...first, status, ...(whole && otherRules(first)) } as unknown as Record<string, unknown>,
          })),
        ],
      },
    };
  });

const limited = (journey: Journey, limits: Limits | undefined): Journey => ({ ...journey, ...(limits && { limits }) });

const otherRules = ({ exit = [] }: Journey) => ({
  exit: [...exit, { id: "late", event: "c" }],
  goals: [{ id: "other", event: "b" }],
});

/** Moves an event or a run into the first seconds of a journey or an edit, when some functions do not see it yet. */
function hurried<E extends { readonly at: string; readonly time?: string }>(
  { time: _, ...event }: E,
  born: string,
  index: number,
) {
  return { ...event, at: new Date(Date.parse(born) + (index % 3) * 1000).toISOString() };
}

export function lifeOf({ interleaving, ...schedule }: Schedule): Life {
  return {
    ...schedule,
    lots: interleaving === 0 ? undefined : new Lots(interleaving),
    calm: hours(CALM),
    until: hours(UNTIL),
  };
}
