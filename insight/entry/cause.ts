/** The cause of an entry attempt: an event, an audience run, or a change of the customer. */
import { runBehind } from "../../lambdas/domain/schedule/audience-run.ts";

/** `event`: the name of the event, which an audience run and a change do not have. */
export interface Cause {
  readonly event?: string | undefined;
  readonly eventId: string;
}

/** Such as `order.placed`, `audience run letter-20260105T090000000Z` or `a change`. */
export function causeName({ event, eventId }: Cause): string {
  if (event !== undefined) return event;
  const run = runBehind(eventId);
  return run === undefined ? "a change" : `audience run ${run}`;
}

/** After "entered": `on order.placed`, `in audience run letter-20260105T090000000Z` or `on a change`. */
export function causeText(cause: Cause): string {
  return `${isRun(cause) ? "in" : "on"} ${causeName(cause)}`;
}

/** After "entered", with the id of the event or change. The name of a run contains the id already. */
export function causeWithId(cause: Cause): string {
  return isRun(cause) ? causeText(cause) : `${causeText(cause)} (${cause.eventId})`;
}

const isRun = ({ event, eventId }: Cause) => event === undefined && runBehind(eventId) !== undefined;
