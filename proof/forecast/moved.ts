/** The past of a customer at a later time: what happened in the last weeks as if it happened in the next ones. */
import { fromMilliseconds, type Time, toMilliseconds, toTime } from "../../lambdas/domain/time/time.ts";
import type { ArchivedCustomer } from "../replay/archive.ts";

/**
 * `by`: milliseconds, a whole number of weeks, so that days of the week stay. Times inside the data of events are not
 * moved.
 */
export function moved(customer: ArchivedCustomer, by: number): ArchivedCustomer {
  const later = (time: Time) => fromMilliseconds(toMilliseconds(toTime(time) ?? time) + by);
  const { entries, events, statuses } = customer;
  return {
    ...customer,
    ...(entries && { entries: entries.map((each) => ({ ...each, lastEnteredAt: later(each.lastEnteredAt) })) }),
    ...(events && {
      events: events.map(({ at, time, ...event }) => ({
        ...event,
        at: later(at),
        ...(time !== undefined && { time: later(time) }),
      })),
    }),
    ...(statuses && {
      statuses: statuses.map(({ sentAt, reported, ...message }) => ({
        ...message,
        sentAt: later(sentAt),
        reported: Object.fromEntries(Object.entries(reported).map(([status, at]) => [status, later(at)])),
      })),
    }),
  };
}
