/**
 * Compares the end of a world with the end of the same world without the crash, and names the differences in sentences.
 * A failed test says "c-1 got the marketing message hello 2 times" before it shows any data.
 */
import type { Claim } from "../../lambdas/app/sending-ports.ts";
import type { Enrollment } from "../../lambdas/domain/enrollment/enrollment.ts";
import type { OutgoingMessage } from "../../lambdas/domain/walk/outcome.ts";
import type { MemoryStore } from "../../simulator/memory-store.ts";

/** The end of a world. */
export interface End {
  readonly store: MemoryStore;
  readonly sent: readonly { readonly message: OutgoingMessage; readonly claim: Claim }[];
}

export function harm(end: End, without: End): string[] {
  return [...sentTwice(end), ...fewer(end, without), ...passages(end, without), ...profiles(end, without)];
}

/** A marketing message that the customer got more than once, or another message that came more than twice. */
export function* sentTwice({ sent }: End): Iterable<string> {
  for (const [messageId, all] of Map.groupBy(sent, ({ claim }) => claim.messageId)) {
    const [{ message, claim } = missing(messageId)] = all;
    if (all.length > (message.class === "marketing" ? 1 : 2))
      yield `${claim.customerId} got the ${message.class} message ${message.template} ${all.length} times`;
  }
}

const missing = (what: string): never => {
  throw new Error(`There is no ${what}.`);
};

const mailOf = ({ claim, message }: End["sent"][number]) =>
  `${claim.customerId} ${claim.journeyId} ${message.template}`;

/** A message that the customer would have got without the crash. */
function* fewer(end: End, without: End): Iterable<string> {
  const found = Map.groupBy(end.sent, mailOf);
  for (const [of, all] of Map.groupBy(without.sent, mailOf)) {
    const [{ claim, message } = missing(of)] = all;
    const messages = (sent: End["sent"] = []) => new Set(sent.map(({ claim }) => claim.messageId)).size;
    if (messages(found.get(of)) < messages(all))
      yield `${claim.customerId} never got the message ${message.template} of journey ${claim.journeyId}`;
  }
}

function enrollmentsOf({ store }: End): Map<string, Enrollment[]> {
  const all = [...store.all()].flatMap(({ enrollments }) => [...enrollments.values()]);
  return Map.groupBy(all, ({ customerId, journeyId }) => `${customerId} ${journeyId}`);
}

/** A customer who is at another place in a journey than without the crash. */
function* passages(end: End, without: End): Iterable<string> {
  const [found, expected] = [enrollmentsOf(end), enrollmentsOf(without)];
  for (const of of new Set([...found.keys(), ...expected.keys()])) {
    const [is, should] = [found.get(of) ?? [], expected.get(of) ?? []];
    const [customerId, journeyId] = of.split(" ");
    if (is.length !== should.length)
      yield `${customerId} entered journey ${journeyId} ${is.length} times, not ${should.length}`;
    for (const [index, { status, reason, position, goals }] of is.entries()) {
      const right = should[index];
      if (!right) continue;
      if (status !== right.status)
        yield status === "active"
          ? `${customerId} is stuck in ${position.componentId} of journey ${journeyId}`
          : `${customerId} has ${status} journey ${journeyId}${reason ? ` (${reason})` : ""}, and should have ${right.status}`;
      for (const goal of Object.keys(right.goals))
        if (goals[goal] === undefined) yield `the goal ${goal} of ${customerId} in journey ${journeyId} is not counted`;
    }
  }
}

/** Attributes and tags that are missing, or that were set by mistake. */
function* profiles(end: End, without: End): Iterable<string> {
  const profile = ({ store }: End) =>
    new Map([...store.all()].map(({ customer }) => [customer.customerId, customer] as const));
  const expected = profile(without);
  for (const [customerId, { attributes, tags }] of profile(end)) {
    const right = expected.get(customerId);
    if (!right) yield `${customerId} should not be there`;
    else if (shown(tags) !== shown(right.tags))
      yield `${customerId} has the tags ${shown(tags)}, not ${shown(right.tags)}`;
    else if (shown(attributes) !== shown(right.attributes))
      yield `${customerId} has the attributes ${shown(attributes)}, not ${shown(right.attributes)}`;
  }
}

const shown = (value: unknown) => JSON.stringify(value);

/** Counters that differ from a recount of the logs. */
export function miscounted(
  counted: Readonly<Record<string, Readonly<Record<string, number>>>>,
  recount: Readonly<Record<string, Readonly<Record<string, number>>>>,
): string[] {
  return [...new Set([...Object.keys(counted), ...Object.keys(recount)])].flatMap((journeyId) => {
    const [is, should] = [counted[journeyId] ?? {}, recount[journeyId] ?? {}];
    return [...new Set([...Object.keys(is), ...Object.keys(should)])]
      .filter((name) => (is[name] ?? 0) !== (should[name] ?? 0))
      .map(
        (name) =>
          `the counter ${name} of journey ${journeyId} says ${is[name] ?? 0}, the logs say ${should[name] ?? 0}`,
      );
  });
}
