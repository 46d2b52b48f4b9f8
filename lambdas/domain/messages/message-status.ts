/**
 * What is known of a message: a set of facts with times, never one "current" status. Facts may come late, twice and
 * in any order, and a stronger one implies the weaker.
 */
import type { Time } from "../time/time.ts";

export const statuses = ["sent", "delivered", "read", "clicked", "replied", "bounced", "complained", "failed"] as const;
export type Status = (typeof statuses)[number];

/** When each status was first reported. */
export type StatusTimes = Readonly<Partial<Record<Status, Time>>>;

/** Which reports prove a status: a click proves that the message was read, delivered and sent. */
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

/** When a message reached a status, itself reported or implied; `undefined` while it has not. */
export function statusTime(times: StatusTimes, status: Status): Time | undefined {
  return provenBy[status].flatMap((proof) => times[proof] ?? []).sort()[0];
}

export function hasStatus(times: StatusTimes, status: Status): boolean {
  return provenBy[status].some((proof) => times[proof] !== undefined);
}

/** Adds a report. A repeated one keeps the earliest time. */
export function withStatus(times: StatusTimes, status: Status, time: Time): StatusTimes {
  const known = times[status];
  return known !== undefined && known <= time ? times : { ...times, [status]: time };
}
