/** Checks an event as the bus delivers it, and brings it into the form that the rest of the system reads. */
import * as z from "zod/mini";
import { customerId } from "../customer/customer-changes.ts";
import type { CustomerSnapshot } from "../customer/customer-snapshot.ts";
import { check, first, type Problem } from "../documents/problem.ts";
import { isStorable, numberProblems, repaired } from "../documents/unusable-values.ts";
import { eventName, jsonObject, moment } from "../documents/vocabulary.ts";
import { statuses } from "../messages/message-status.ts";
import { type EventTime, startOfSecond } from "../time/event-time.ts";
import { fromMilliseconds, type Time, toMilliseconds, toTime } from "../time/time.ts";
import { SYSTEM_ID_PREFIX } from "../values/event-identity.ts";
import { isShallow, type Json, type JsonObject } from "../values/json.ts";
import { isWithinBytes } from "../values/utf8.ts";
import type { SystemEventName } from "./system-events.ts";

export const SYSTEM_SOURCE = "customer-journeys";

/** An event, as the rest of the system sees it. */
export interface CustomerEvent extends EventTime {
  /** The app's id, else EventBridge's. The id and the name together are the identity by which duplicates are found. */
  readonly id: string;
  readonly name: string;
  /** Whether an event with another name was stored under this id before (`values/event-identity.ts`). */
  readonly sharesId?: true;
  readonly customerId: string;
  readonly data: JsonObject;
  readonly changes?: JsonObject;
  /**
   * The customer's values that rules on this event read. These values are stored with the event when the event is
   * handled.
   */
  readonly reads?: CustomerSnapshot;
  /** EventBridge's own id: a redelivery has the same id, and a second publication has another. */
  readonly deliveryId: string;
  /** When the event was stored. Events of earlier releases have no such time. */
  readonly handledAt?: Time;
  /** How many automatic steps (`emitEvent`, changes made by a component) led here without a wait in between. */
  readonly hops: number;
  /** Whether the system itself published the event. */
  readonly system: boolean;
}

const detail = z.looseObject({
  id: z.optional(
    z
      .string()
      .check(
        z.refine(
          (id) => /^[^\p{C}]+$/u.test(id) && isWithinBytes(id, 256),
          "id must be 1–256 printable characters and at most 256 UTF-8 bytes.",
        ),
      ),
  ),
  customerId,
  time: z.optional(moment),
  data: z.optional(jsonObject),
  customer: z.optional(jsonObject),
  hops: z.optional(z.int().check(z.gte(0), z.lte(1000))),
});

const envelope = z.looseObject({
  id: z.string().check(
    z.minLength(1),
    z.maxLength(256),
    z.refine((id) => isWithinBytes(id, 256)),
  ),
  source: z
    .string()
    .check(
      z.refine(
        (source) => !source.startsWith("aws."),
        'A source that starts with "aws." is reserved for AWS. Publish under a name of your own.',
      ),
    ),
  "detail-type": eventName("The event's name"),
  /** Marks a recheck. The name is part of the format of queued messages. */
  onceMore: z.optional(z.boolean()),
  time: moment,
  detail,
});

/** How far ahead an app's clock may be, in milliseconds. A later time becomes now. */
const MOST_AHEAD = 5 * 60_000;

/** The most levels of nesting. DynamoDB allows 32, and the item around the data uses some of them. */
const MOST_NESTED = 28;

const tooDeep: Problem = {
  path: "detail",
  code: "too-deep",
  message: `The event is nested deeper than ${MOST_NESTED} levels. Send what journeys read, less deep.`,
};

/** The data of `message.status`: a report on a message that the app sent through a channel of its own. */
const statusReport = z.looseObject({
  messageId: z
    .string("messageId is missing or not a text. Take it from message.requested.")
    .check(z.minLength(1), z.maxLength(256)),
  status: z.enum(statuses),
});

export type StatusReport = z.infer<typeof statusReport>;

/** `isRecheck`: the system handled this delivery before, and put it into the queue again for a recheck. */
export type Parsed = { event: CustomerEvent; isRecheck: boolean } | { problems: Problem[] };

/** A clock of a test stack, where a virtual hour may pass within a second. */
export interface ScaledClock {
  /**
   * When the bus put the delivery into the queue, in milliseconds. EventBridge gives only the whole second; this time
   * is used to refine it, and for nothing else.
   */
  readonly sentAt: number;
  /** Turns a real time into the stack's time. */
  readonly virtual: (real: Time) => Time;
}

/** EventBridge's time of an event without a time of its own. */
function busTime(time: Time, scaled: ScaledClock | undefined): EventTime {
  if (!scaled) return time === startOfSecond(time) ? { time, wholeSecond: true } : { time };
  const start = toMilliseconds(time);
  return { time: scaled.virtual(fromMilliseconds(Math.min(Math.max(start, scaled.sentAt), start + 999))) };
}

/** The facts about a delivery besides its content. */
export interface Delivered {
  readonly now: Time;
  /** The clock of a stack whose time is scaled; absent on other stacks. */
  readonly scaled?: ScaledClock | undefined;
}

/** The customer's attributes are stored as numbers of the database; an event's data is stored as JSON text. */
const isFiniteOrStorable = (value: number) => !Number.isFinite(value) || isStorable(value);

/** Parses an EventBridge event. A malformed event is refused whole, with all its problems. */
export function parseEvent(input: unknown, { now, scaled }: Delivered): Parsed {
  if (!isShallow(input, MOST_NESTED)) return { problems: [tooDeep] };
  const checked = check(envelope, repaired(input as Json));
  if ("problems" in checked) return checked;
  const unusable = [
    ...numberProblems(checked.value.detail, Number.isFinite, ["detail"]),
    ...numberProblems(checked.value.detail.customer, isFiniteOrStorable, ["detail", "customer"]),
  ];
  if (unusable.length > 0) return { problems: first(unusable) };
  const { id, source, time, detail, "detail-type": name, onceMore: isRecheck = false } = checked.value;
  const system = source === SYSTEM_SOURCE;
  if (!system && source.startsWith(SYSTEM_SOURCE))
    return {
      problems: [
        {
          path: "source",
          code: "reserved-source",
          message: `Source "${source}" is reserved. Publish under a name of your own.`,
        },
      ],
    };
  if (!system && detail.id?.startsWith(SYSTEM_ID_PREFIX))
    return {
      problems: [
        {
          path: "detail.id",
          code: "reserved-id",
          message: `An id that starts with "${SYSTEM_ID_PREFIX}" is reserved for the system's events. Use an id of your own.`,
        },
      ],
    };
  if (name === ("message.status" satisfies SystemEventName)) {
    const report = check(statusReport, detail.data ?? {});
    if ("problems" in report)
      return { problems: report.problems.map((problem) => ({ ...problem, path: `detail.data.${problem.path}` })) };
  }
  const own = toTime(detail.time);
  const happened: EventTime = own === undefined ? busTime(toTime(time) as Time, scaled) : { time: own };
  const ahead = toMilliseconds(happened.time) - toMilliseconds(now) > MOST_AHEAD;
  return {
    event: {
      id: detail.id ?? id,
      name,
      customerId: detail.customerId,
      ...(ahead ? { time: fromMilliseconds(toMilliseconds(now)) } : happened),
      data: detail.data ?? {},
      ...(detail.customer && { changes: detail.customer }),
      deliveryId: id,
      hops: system ? (detail.hops ?? 0) : 0,
      system,
    },
    isRecheck,
  };
}

/**
 * The delivery for a recheck: the event's name, id, customer and time, without its data. The time is written out,
 * because a time derived from the second delivery would differ.
 */
export function recheckDelivery(delivery: JsonObject, { id, customerId, time }: CustomerEvent): JsonObject {
  return { ...delivery, detail: { id, customerId, time }, onceMore: true };
}
