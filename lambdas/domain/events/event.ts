/** An event as the bus delivers it, checked and brought into one form. */
import * as z from "zod/mini";
import { customerChanges, customerId } from "../customer/customer-changes.ts";
import { check, type Problem } from "../documents/problem.ts";
import { eventName, jsonObject, moment } from "../documents/vocabulary.ts";
import { statuses } from "../messages/message-status.ts";
import { fromMilliseconds, type Time, toMilliseconds, toTime } from "../time/time.ts";
import { isShallow, type JsonObject } from "../values/json.ts";
import type { SystemEventName } from "./system-events.ts";

export const SYSTEM_SOURCE = "customer-journeys";

/** What has happened, as the rest of the system sees it. */
export interface CustomerEvent {
  /** Dedupe identity: the app's, else EventBridge's. */
  readonly id: string;
  readonly name: string;
  readonly customerId: string;
  readonly time: Time;
  readonly data: JsonObject;
  readonly changes?: JsonObject;
  /** EventBridge's own id. A redelivery has the same one, a second publication another. */
  readonly deliveryId: string;
  /** How many automatic steps (emitEvent, changes made by a component) led here without anybody waiting. */
  readonly hops: number;
  /** Whether the system itself published it. */
  readonly system: boolean;
}

const detail = z.looseObject({
  id: z.optional(z.string().check(z.regex(/^[^\p{C}]{1,256}$/u, "id must be 1–256 printable characters."))),
  customerId,
  time: z.optional(moment),
  data: z.optional(jsonObject),
  customer: z.optional(customerChanges),
  hops: z.optional(z.int().check(z.gte(0), z.lte(1000))),
});

const envelope = z.looseObject({
  id: z.string().check(z.minLength(1), z.maxLength(256)),
  source: z
    .string()
    .check(
      z.refine(
        (source) => !source.startsWith("aws."),
        'A source that starts with "aws." is reserved for AWS. Publish under a name of your own.',
      ),
    ),
  "detail-type": eventName("The event's name"),
  onceMore: z.optional(z.boolean()),
  time: moment,
  detail,
});

/** Clocks of apps may run ahead by this much; anything later is taken as now. */
const MOST_AHEAD = 5 * 60_000;

/** Levels below the envelope. The database takes 32, and some of them are its own. */
const MOST_NESTED = 28;

const tooDeep: Problem = {
  path: "detail",
  code: "too-deep",
  message: `The event is nested deeper than ${MOST_NESTED} levels. Send what journeys read, less deep.`,
};

/** What `message.status` must carry: a report on a message that the app sent through a channel of its own. */
const statusReport = z.looseObject({
  messageId: z
    .string("messageId is missing or not a text. Take it from message.requested.")
    .check(z.minLength(1), z.maxLength(256)),
  status: z.enum(statuses),
});

export type StatusReport = z.infer<typeof statusReport>;

/** `onceMore`: the system itself has asked for this delivery, having handled it before (`onceMore`). */
export type Parsed = { event: CustomerEvent; onceMore: boolean } | { problems: Problem[] };

/** EventBridge cuts the milliseconds off; the moment at which it handed the event on gives them back. */
function withinSecond(time: Time, sentAt = 0): Time {
  const start = toMilliseconds(time);
  return fromMilliseconds(Math.min(Math.max(start, sentAt), start + 999));
}

/** How a delivery came, besides what it says. */
export interface Delivered {
  readonly now: Time;
  /** When the bus handed it on, in milliseconds: EventBridge's own `time` has whole seconds only. */
  readonly sentAt?: number;
  /** Turns EventBridge's time into that of a stack whose time is scaled. */
  readonly virtual?: (real: Time) => Time;
}

/** Reads an EventBridge event. `now` bounds its time. Anything malformed is refused whole, with every problem. */
export function parseEvent(input: unknown, { now, sentAt, virtual = (real) => real }: Delivered): Parsed {
  if (!isShallow(input, MOST_NESTED)) return { problems: [tooDeep] };
  const checked = check(envelope, input);
  if ("problems" in checked) return checked;
  const { id, source, time, detail, "detail-type": name, onceMore = false } = checked.value;
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
  if (name === ("message.status" satisfies SystemEventName)) {
    const report = check(statusReport, detail.data ?? {});
    if ("problems" in report)
      return { problems: report.problems.map((problem) => ({ ...problem, path: `detail.data.${problem.path}` })) };
  }
  const happened = toTime(detail.time) ?? virtual(withinSecond(toTime(time) as Time, sentAt));
  const ahead = toMilliseconds(happened) - toMilliseconds(now) > MOST_AHEAD;
  return {
    event: {
      id: detail.id ?? id,
      name,
      customerId: detail.customerId,
      time: ahead ? fromMilliseconds(toMilliseconds(now)) : happened,
      data: detail.data ?? {},
      ...(detail.customer && { changes: detail.customer }),
      deliveryId: id,
      hops: system ? (detail.hops ?? 0) : 0,
      system,
    },
    onceMore,
  };
}

/**
 * The same delivery, to be handled once more: what happened to whom and when, without what an app said of it. What says
 * only when it was delivered would be taken for another moment the second time.
 */
export function recheckDelivery(delivery: JsonObject, { id, customerId, time }: CustomerEvent): JsonObject {
  return { ...delivery, detail: { id, customerId, time }, onceMore: true };
}
