/**
 * What is certain of a customer at one place of a journey: the literals that led there. A literal about the trigger event
 * stays true for the whole passage. A literal about the customer is forgotten when time passes, because an app may
 * change the customer meanwhile.
 *
 * `assume` refuses a literal only when it certainly contradicts what is known. So what it refuses never happens; what it
 * accepts may still be impossible.
 */
import { hasStatus, type Status, statuses, withStatus } from "../messages/message-status.ts";
import { AWAITED, KEY, type Literal, statusAtom } from "./atom.ts";
import { findValue, kindsOf, type Wanted } from "./field-values.ts";

export interface Facts {
  /** The literals by group, then in the order in which they were assumed. */
  readonly known: ReadonlyMap<string, readonly Literal[]>;
  /** The messages that may have been sent. */
  readonly sent: ReadonlySet<string>;
  /** Whether the customer entered without an event, so that no data of the trigger event can be read. */
  readonly noEvent?: true;
  readonly work: Work;
}

/** Bounds one check, whatever the document: it counts comparisons, so the bound is the same on every machine. */
export interface Work {
  left: number;
}

export class TooMuchWork extends Error {
  override name = "TooMuchWork";
}

function spend(work: Work, units: number): void {
  work.left -= units;
  if (work.left < 0) throw new TooMuchWork();
}

export const nothingKnown = (work: Work): Facts => ({ known: new Map(), sent: new Set(), work });

/** The facts with the literal; `undefined` when it contradicts them. */
export function assume(facts: Facts, literal: Literal): Facts | undefined {
  const { atom, holds } = literal;
  const group = facts.known.get(atom.group) ?? [];
  spend(facts.work, 1 + group.length ** 2);
  const earlier = group.find((each) => each.atom.id === atom.id);
  if (earlier) return earlier.holds === holds ? facts : undefined;
  if (atom.message && holds) return assumeStatus(facts, literal, atom.message);
  if (facts.noEvent && isOfEvent(atom.group)) return atom.test?.test(undefined, nowhere) === !holds ? undefined : facts;
  const all = [...group, literal];
  spend(facts.work, textWork(all));
  if (atom.test && solve(atom.group, all).kind === "impossible") return undefined;
  return { ...facts, known: new Map(facts.known).set(atom.group, all) };
}

/** `solve` reads the texts of all literals for each literal. A thousand characters take about as long as a comparison. */
const textWork = (literals: readonly Literal[]) =>
  Math.floor((literals.length * literals.reduce((sum, { atom }) => sum + atom.id.length, 0)) / 1000);

const nowhere = { now: "", customer: {} };
const isOfEvent = (group: string) => group === KEY || group.startsWith("event");

/** A value of the group's field on which the literals hold. */
export function solve(group: string, literals: readonly Literal[]) {
  const wanted = literals.flatMap(({ atom, holds }): Wanted[] => (atom.test ? [{ ...atom.test, holds }] : []));
  return findValue(wanted, kindsOf(group));
}

/** A status proves every weaker status: a message that was clicked was read. */
function assumeStatus(
  facts: Facts,
  literal: Literal,
  { id, status }: { id: string; status: Status },
): Facts | undefined {
  if (!facts.sent.has(id)) return undefined;
  const times = withStatus({}, status, "");
  const proven = statuses.filter((each) => hasStatus(times, each));
  const known = new Map(facts.known);
  for (const each of proven) {
    const atom = statusAtom(id, each);
    if (known.get(atom.group)?.some(({ holds }) => !holds)) return undefined;
    known.set(atom.group, [{ atom, holds: true }]);
  }
  return { ...facts, known: known.set(literal.atom.group, [literal]) };
}

export function isCertain({ known }: Facts, { atom, holds }: Literal): boolean {
  return known.get(atom.group)?.some((each) => each.atom.id === atom.id && each.holds === holds) ?? false;
}

/** What stays certain when time passes. A message keeps its statuses. */
export function afterTime(facts: Facts): Facts {
  return keep(facts, ({ atom, holds }) => atom.lasts || (atom.message !== undefined && holds));
}

/** The facts after these attributes of the customer got other values. */
export function forgetAttributes(facts: Facts, names: readonly string[]): Facts {
  return keep(facts, ({ atom }) => !atom.attributes.some((name) => names.includes(name)));
}

/** The facts after the message was sent, perhaps not for the first time. */
export function afterSending(facts: Facts, message: string): Facts {
  const kept = keep(afterTime(facts), ({ atom }) => atom.message?.id !== message);
  return { ...kept, sent: new Set([...kept.sent, message]) };
}

export const forgetCounts = (facts: Facts) => keep(facts, ({ atom }) => atom.counts === undefined);
export const forgetAwaited = (facts: Facts) => keep(facts, ({ atom }) => !atom.id.includes(AWAITED));

/** Forgets the groups that nothing reads any more, so that equal places are found equal. */
export function keepOnly(facts: Facts, groups: ReadonlySet<string>, messages: ReadonlySet<string>): Facts {
  const kept = keep(facts, ({ atom }) => groups.has(atom.group));
  return { ...kept, sent: new Set([...kept.sent].filter((id) => messages.has(id))) };
}

function keep(facts: Facts, isKept: (literal: Literal) => boolean): Facts {
  spend(facts.work, 1 + facts.known.size);
  const known = [...facts.known].flatMap(([group, literals]) => {
    const kept = literals.filter(isKept);
    return kept.length === 0 ? [] : [[group, kept] as const];
  });
  return { ...facts, known: new Map(known) };
}

/** The numbers of atoms, by their ids. */
export type Numbers = Map<string, number>;

/**
 * Equal texts for equal facts, within one check. An atom's id contains the value that it compares with, which may be a
 * long text, and there are thousands of places; so the text has the atom's number.
 */
export function textOf({ known, sent, noEvent }: Facts, numbers: Numbers): string {
  const literals = [...known.values()].flatMap((group) =>
    group.map(({ atom, holds }) => `${holds ? "+" : "-"}${numberOf(atom.id, numbers)}`),
  );
  return [noEvent ? "no event" : "", ...literals.sort(), "sent", ...[...sent].sort()].join("\n");
}

function numberOf(id: string, numbers: Numbers): number {
  const number = numbers.get(id) ?? numbers.size;
  numbers.set(id, number);
  return number;
}
