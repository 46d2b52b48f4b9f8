/** Everything that is stored about a customer, sorted by what it is. */
import {
  enrollmentKey,
  eventKey,
  type Item,
  PROFILE,
  toCustomer,
  toEnrollment,
  toEntry,
  toEvent,
} from "../../lambdas/adapters/customer-items.ts";
import type { Reason } from "../../lambdas/app/store.ts";
import type { Customer } from "../../lambdas/domain/customer.ts";
import type { Enrollment, Entry } from "../../lambdas/domain/enrollment.ts";
import type { CustomerEvent } from "../../lambdas/domain/event.ts";
import type { Time } from "../../lambdas/domain/time.ts";

/** Each list in order of time. */
export interface CustomerRecord {
  readonly customerId: string;
  readonly profile?: Customer;
  readonly enrollments: readonly Enrollment[];
  readonly events: readonly CustomerEvent[];
  readonly reasons: readonly Reason[];
  readonly entries: readonly Entry[];
}

export function recordOf(customerId: string, items: readonly Item[]): CustomerRecord {
  const below = (prefix: string) => items.filter(({ sk }) => String(sk).startsWith(prefix));
  const profile = items.find(({ sk }) => sk === PROFILE);
  return {
    customerId,
    ...(profile && { profile: toCustomer(profile) }),
    enrollments: byTime(below(enrollmentKey("")).map(withoutToken), ({ enteredAt }) => enteredAt),
    events: byTime(below(eventKey("")).map(toEvent), ({ time }) => time),
    reasons: byTime(below("reason#").map(toReason), ({ at }) => at),
    entries: below("entry#").map(toEntry),
  };
}

/** The task token is a credential: whoever has it can send the customer on. It never leaves the table. */
function withoutToken(item: Item): Enrollment {
  const enrollment = toEnrollment(item);
  const { waiting, ...position } = enrollment.position;
  if (!waiting) return enrollment;
  const { token: _, ...shown } = waiting;
  return { ...enrollment, position: { ...position, waiting: shown } };
}

function toReason({ sk: _, ttl: __, ...reason }: Item): Reason {
  return reason as unknown as Reason;
}

function byTime<T>(items: readonly T[], time: (item: T) => Time): T[] {
  return items.toSorted((a, b) => (time(a) < time(b) ? -1 : time(a) > time(b) ? 1 : 0));
}

/** What is left of an erased customer besides the tombstone, by its sort key; empty when all is gone. */
export function leftOver(items: readonly Item[]): string[] {
  return items.flatMap((item) => (isTombstone(item) ? [] : [String(item.sk)]));
}

const tombstone = new Set([
  "customerId",
  "sk",
  "revision",
  "attributes",
  "tags",
  "times",
  "changedAt",
  "hops",
  "deletedAt",
]);

function isTombstone(item: Item): boolean {
  const empty = (value: unknown) => Object.keys(value ?? {}).length === 0;
  return (
    item.sk === PROFILE &&
    typeof item.deletedAt === "string" &&
    Object.keys(item).every((name) => tombstone.has(name)) &&
    empty(item.attributes) &&
    empty(item.tags) &&
    empty(item.times)
  );
}
