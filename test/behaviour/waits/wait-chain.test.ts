/** Journey format §1.3: a wait behind another wait counts from the moment at which the customer left the first. */
import { describe, expect, test } from "vitest";
import { type Document, event, journey, on, start, status, story } from "../scenario-of.ts";

const tag = (name: string) => ({ type: "addTag", tags: [name] });
const waitFor = (id: string, name: string, next: string, more: object = {}) => ({
  type: "waitFor",
  branches: [{ id, event: name, next, ...more }],
  within: "P3D",
  otherwise: "late",
});
/** First `paid`, then `packed`. */
const paidThenPacked = {
  first: waitFor("paid", "paid", "second"),
  second: waitFor("packed", "packed", "done"),
  done: tag("done"),
  late: tag("late"),
};

/** The outcome of each component except waiting, in order. */
async function outcomes(components: Document, events: readonly Document[], statuses: readonly Document[] = []) {
  const told = await story({ journeys: [journey({ components })], events, statuses });
  return told
    .filter((line) => /\| (first|second|third) (?!waiting)/.test(line))
    .map((line) => line.replace(/.*\| /, "").replace(/ .*? /, " "));
}

const at = (delivered: string, name: string, happened: string, more: Document = {}) =>
  event(delivered, name, { time: on(happened), id: `${name}-${happened}`, ...more });

describe("the first wait ends by an event", () => {
  test.each<[string, readonly Document[], readonly string[]]>([
    [
      "both events at the same moment, in order",
      [at("01-05 10:01", "paid", "01-05 10:01"), at("01-05 10:01", "packed", "01-05 10:01")],
      ["first paid", "second packed"],
    ],
    [
      "both events at the same moment, the second first",
      [at("01-05 10:01", "packed", "01-05 10:01"), at("01-05 10:01", "paid", "01-05 10:01")],
      ["first paid", "second packed"],
    ],
    [
      "both delivered late, the second first",
      [at("01-05 10:30", "packed", "01-05 10:02"), at("01-05 10:31", "paid", "01-05 10:01")],
      ["first paid", "second packed"],
    ],
    [
      "the second event before the first: it does not count",
      [at("01-05 10:01", "packed", "01-05 10:01"), at("01-05 10:02", "paid", "01-05 10:02")],
      ["first paid", "second otherwise"],
    ],
    [
      "an earlier event of the first wait is delivered last",
      [
        at("01-05 10:10", "paid", "01-05 10:03"),
        at("01-05 10:11", "packed", "01-05 10:02"),
        at("01-05 10:12", "paid", "01-05 10:01"),
      ],
      ["first paid", "second packed"],
    ],
  ])("%s", async (_, events, expected) =>
    expect(await outcomes(paidThenPacked, [start(), ...events])).toEqual(expected),
  );

  const twice = { ...paidThenPacked, second: waitFor("paid", "paid", "done") };
  test.each<[string, readonly Document[], readonly string[]]>([
    ["one event ends one wait only", [at("01-05 10:01", "paid", "01-05 10:01")], ["first paid", "second otherwise"]],
    [
      "another event of the same moment ends the next",
      [at("01-05 10:01", "paid", "01-05 10:01", { id: "a" }), at("01-05 10:01", "paid", "01-05 10:01", { id: "b" })],
      ["first paid", "second paid"],
    ],
    [
      "the first wait passes at once: its event still ends no other",
      [at("01-05 09:59", "paid", "01-05 10:00")],
      ["first paid", "second otherwise"],
    ],
    [
      "two events of the first wait, the later one first",
      [at("01-05 10:10", "paid", "01-05 10:02"), at("01-05 10:11", "paid", "01-05 10:01")],
      ["first paid", "second paid"],
    ],
  ])("the same event name twice: %s", async (_, events, expected) =>
    expect(await outcomes(twice, [start(), ...events])).toEqual(expected),
  );
});

describe("the first wait ends otherwise", () => {
  test("a timer: an event at the very end of the wait counts, however late it comes", async () => {
    const components = { ...paidThenPacked, first: { type: "wait", for: "PT1H", next: "second" } };
    expect(await outcomes(components, [start(), at("01-05 11:30", "packed", "01-05 11:00")])).toEqual([
      "first done",
      "second packed",
    ]);
    expect(await outcomes(components, [start(), at("01-05 11:30", "packed", "01-05 10:59")])).toEqual([
      "first done",
      "second otherwise",
    ]);
  });

  test("the end of a waitFor: an event of that moment counts for the next", async () => {
    const components = { ...paidThenPacked, first: { ...paidThenPacked.first, within: "PT1H", otherwise: "second" } };
    expect(await outcomes(components, [start(), at("01-05 11:30", "packed", "01-05 11:00")])).toEqual([
      "first otherwise",
      "second packed",
    ]);
  });

  const rule = { type: "messageStatusRule", message: "mail", status: "read", within: "P1D", met: "second" };
  const withRule = {
    mail: { type: "sendTemplate", template: "receipt", next: "first" },
    ...paidThenPacked,
    first: { ...rule, notMet: "second" },
  };
  test("a status: an event of that moment counts, although the status came late", async () => {
    const read = status("01-05 10:05", "mail", "read");
    expect(await outcomes(withRule, [start(), at("01-05 10:05", "packed", "01-05 10:05")], [read])).toEqual([
      "first met",
      "second packed",
    ]);
    expect(await outcomes(withRule, [start(), at("01-05 10:06", "packed", "01-05 10:04")], [read])).toEqual([
      "first met",
      "second otherwise",
    ]);
  });

  test("a change: an event of that moment counts", async () => {
    const gold = { id: "gold", where: { field: "customer.plan", operator: "equals", value: "gold" }, next: "second" };
    const components = { ...paidThenPacked, first: { ...paidThenPacked.first, branches: [gold] } };
    const change = at("01-05 10:30", "customer.updated", "01-05 10:10", { customer: { plan: "gold" } });
    expect(await outcomes(components, [start(), change, at("01-05 10:31", "packed", "01-05 10:10")])).toEqual([
      "first gold",
      "second packed",
    ]);
  });
});

describe("a messageStatusRule behind another wait", () => {
  const components = {
    mail: { type: "sendTemplate", template: "receipt", next: "first" },
    first: waitFor("paid", "paid", "second"),
    second: { type: "messageStatusRule", message: "mail", status: "read", within: "P1D", met: "done", notMet: "late" },
    done: tag("done"),
    late: tag("late"),
  };
  test.each(["01-05 10:05", "01-05 10:10", "01-05 10:15"])(
    "counts every status since the message was claimed: read at %s, paid at 10:10",
    async (read) => {
      const events = [start(), at("01-05 10:10", "paid", "01-05 10:10")];
      expect(await outcomes(components, events, [status(read, "mail", "read")])).toEqual(["first paid", "second met"]);
    },
  );
});
