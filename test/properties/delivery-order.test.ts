/**
 * Journey format §1.3: the order and delay of delivery make no difference to waits whose rules read only `event.*` and
 * `enrollment.*`.
 *
 * Laws that hold for every set of events, in every order and with every delay:
 * - Events that are delivered before the customer comes to a wait decide that wait by their own times.
 * - Events that are delivered while the customer waits decide it by their own times, as long as only one branch of that
 *   wait can be met by them. Where two branches can be met, the customer goes on at once with the event that is
 *   delivered first: no later delivery takes a customer back.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Document, event, journey, on, start, status, tell } from "../behaviour/scenario-of.ts";
import { long, mostEvents, runs } from "./runs.ts";

interface Happening {
  readonly name: string;
  readonly minute: number;
  readonly n: number;
}

const names = ["a", "b", "c"];
const happenings = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom(...names),
    minute: fc.integer({ min: 0, max: 3 }),
    n: fc.integer({ min: 1, max: 2 }),
  }),
  { minLength: 2, maxLength: mostEvents, selector: ({ name, minute, n }) => `${name} ${minute} ${n}` },
);

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) =>
    permutations(items.filter((_, other) => other !== index)).map((others) => [item, ...others]),
  );
}

/** Stands for the trigger event, which happened first. */
const TRIGGER: Happening = { name: "start", minute: -1, n: 1 };

const twoDigits = (n: number) => String(n).padStart(2, "0");
const minutes = (n: number) => `10:${twoDigits(n)}`;

/** An event of a customer whose trigger event has the time 10:00. */
const delivered = ({ name, minute, n }: Happening, at: string): Document =>
  event(at, name, { id: `${name}${minute}${n}`, time: on(`01-05 ${minutes(minute)}`), data: { n, cart: "k" } });

const branch = (id: string, more: object = {}) => ({ id, event: id, next: "second", ...more });
const waitFor = (branches: readonly object[], next: string) => ({
  type: "waitFor",
  branches: branches.map((each) => ({ ...each, next })),
  within: "P3D",
  otherwise: next,
});

/** Meets an event with the trigger event's own number, 1. */
const sameAsTrigger = { field: "event.n", operator: "equals", value: { path: "enrollment.event.n" } };
const goals = [
  { id: "two", event: "b", where: { field: "event.n", operator: "equals", value: 2 }, within: "P7D" },
  { id: "same", event: "c", where: sameAsTrigger, key: "event.cart" },
];

async function lived(
  parts: Document & { components: Document },
  events: readonly Document[],
  statuses: readonly Document[] = [],
) {
  const document = journey({ trigger: { event: "start", key: "event.cart" }, goals, ...parts });
  const { store } = await tell({ journeys: [document], events, statuses });
  return (await store.enrollments("c-1"))[0];
}

/** The outcomes of the waits, and the goals, without their times: those differ with the delay. */
async function outcomes(components: Document, events: readonly Document[], statuses: readonly Document[] = []) {
  const enrollment = await lived({ components }, events, statuses);
  if (!enrollment) return undefined;
  const steps = enrollment.steps.map(({ componentId, outcome }) => `${componentId} ${outcome}`);
  return [...steps, ...Object.keys(enrollment.goals).sort()];
}

const started = (at: string) => start(at, { time: on("01-05 10:00"), data: { cart: "k", n: 1 } });
const noted = { type: "addTag", tags: ["done"] };

/** Two or three waits; rules that read the event, the key and nothing else. */
const chains: Readonly<Record<string, Document>> = {
  "two events": { first: waitFor([branch("a")], "second"), second: waitFor([branch("b")], "last"), last: noted },
  "the same event twice": {
    first: waitFor([branch("a")], "second"),
    second: waitFor([branch("a")], "last"),
    last: noted,
  },
  "a condition and a key": {
    first: waitFor(
      [branch("a", { where: { field: "event.n", operator: "equals", value: 1 }, key: "event.cart" })],
      "second",
    ),
    second: waitFor([branch("b", { key: "event.cart" })], "third"),
    third: waitFor([branch("c")], "last"),
    last: noted,
  },
  "a value of the trigger event": {
    first: waitFor([branch("a", { where: sameAsTrigger })], "second"),
    second: waitFor([branch("a", { where: { not: sameAsTrigger } })], "third"),
    third: waitFor([branch("b", { where: sameAsTrigger, key: "event.cart" })], "last"),
    last: noted,
  },
  "a timer first": {
    first: { type: "wait", for: "PT2M", next: "second" },
    second: waitFor([branch("b")], "last"),
    last: noted,
  },
};

async function sameInEveryOrder(
  found: readonly Happening[],
  run: (order: readonly Happening[]) => Promise<readonly string[] | undefined>,
): Promise<void> {
  const inOrder = [...found].sort((a, b) => a.minute - b.minute);
  const expected = await run(inOrder);
  for (const order of permutations(inOrder)) expect(await run(order), JSON.stringify(order)).toEqual(expected);
}

describe.each(Object.entries(chains))(
  "%s: every order of up to five events gives the same outcomes",
  (_, components) => {
    test("delivered while the customer waits, one after the other", long, () =>
      fc.assert(
        fc.asyncProperty(happenings, (found) =>
          sameInEveryOrder(found, (order) =>
            outcomes(components, [
              started("01-05 10:00"),
              ...order.map((each, i) => delivered(each, `01-05 10:${30 + i}`)),
            ]),
          ),
        ),
        runs(1),
      ),
    );

    test("the trigger event is delivered among them", long, () =>
      fc.assert(
        fc.asyncProperty(happenings, (found) =>
          sameInEveryOrder([...found.slice(0, mostEvents - 1), TRIGGER], (order) =>
            outcomes(
              components,
              order.map((each, i) =>
                (each === TRIGGER ? started : (at: string) => delivered(each, at))(`01-05 10:${30 + i}`),
              ),
            ),
          ),
        ),
        runs(1),
      ),
    );

    test("delivered at one moment", long, () =>
      fc.assert(
        fc.asyncProperty(happenings, (found) =>
          sameInEveryOrder(found, (order) =>
            outcomes(components, [started("01-05 10:00"), ...order.map((each) => delivered(each, "01-05 10:30"))]),
          ),
        ),
        runs(1),
      ),
    );
  },
);

test("several branches: events that are delivered before the customer enters decide by their own times", long, () =>
  fc.assert(
    fc.asyncProperty(happenings, (found) => {
      const both = [branch("a"), branch("b")];
      const components = {
        first: waitFor(both, "second"),
        second: waitFor([...both, branch("c")], "last"),
        last: noted,
      };
      return sameInEveryOrder(found, (order) =>
        outcomes(components, [
          ...order.map((each, i) => delivered(each, `01-05 10:${20 + i}`)),
          started("01-05 10:30"),
        ]),
      );
    }),
    runs(1),
  ),
);

test("a message status first: the order of reports and events makes no difference", long, () => {
  const components = {
    mail: { type: "sendTemplate", template: "receipt", next: "first" },
    first: {
      type: "messageStatusRule",
      message: "mail",
      status: "read",
      within: "P1D",
      met: "second",
      notMet: "second",
    },
    second: waitFor([branch("b")], "last"),
    last: noted,
  };
  return fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 3 }), happenings, async (minute, found) => {
      const read = status(`01-05 ${minutes(minute)}`, "mail", "read");
      await sameInEveryOrder(found, (order) =>
        outcomes(
          components,
          [started("01-05 10:00"), ...order.map((each, i) => delivered(each, `01-05 10:${10 + i}`))],
          [read],
        ),
      );
    }),
    runs(1),
  );
});

test("an exit rule: the customer exits in every order or in none", long, () => {
  const exit = [{ id: "out", event: "c", where: sameAsTrigger, key: "event.cart" }];
  const components = { ...chains["two events"], last: { type: "wait", for: "P10D" } };
  return fc.assert(
    fc.asyncProperty(happenings, (found) =>
      sameInEveryOrder(found, async (order) => {
        const events = order.map((each, i) => delivered(each, `01-05 10:${30 + i}`));
        const enrollment = await lived({ components, exit }, [started("01-05 10:00"), ...events]);
        return [`${enrollment?.status} ${enrollment?.reason}`, ...Object.keys(enrollment?.goals ?? {}).sort()];
      }),
    ),
    runs(2),
  );
});
