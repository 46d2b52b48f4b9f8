/**
 * The reported statuses of a message: a set of facts with times, never one "current" status. Reports may come late,
 * more than once and in any order, and a stronger status implies every weaker status.
 */
import type { Time } from "../time/time.ts";

export const statuses = ["sent", "delivered", "read", "clicked", "replied", "bounced", "complained", "failed"] as const;
export type Status = (typeof statuses)[number];

/** The earliest time that was reported for each status. */
export type StatusTimes = Readonly<Partial<Record<Status, Time>>>;

/** The reports that prove each status. A click proves that the message was read, delivered and sent. */
const provenBy: Record<Status, readonly Status[]> = {
  sent: ["sent", "delivered", "read", "clicked", "replied"],
  delivered: ["delivered", "read", "clicked", "replied"],
  read: ["read", "clicked", "replied"],
  clicked: ["clicked"],
  replied: ["replied"],
  bounced: ["bounced"],
  complained: ["complained"],
  failed: ["failed"],
};

/** The time at which a message reached a status, reported or implied; `undefined` when it has not reached it. */
export function statusTime(times: StatusTimes, status: Status): Time | undefined {
  return provenBy[status].flatMap((proof) => times[proof] ?? []).sort()[0];
}

export function hasStatus(times: StatusTimes, status: Status): boolean {
  return provenBy[status].some((proof) => times[proof] !== undefined);
}

/** Adds a report. When a report is repeated, the earliest time stays. */
export function withStatus(times: StatusTimes, status: Status, time: Time): StatusTimes {
  const known = times[status];
  return known !== undefined && known <= time ? times : { ...times, [status]: time };
}
