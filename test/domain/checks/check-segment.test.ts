import { describe, expect, it, test } from "vitest";
import { checkJourney } from "../../../lambdas/domain/checks/check-journey.ts";
import { checkSegment } from "../../../lambdas/domain/checks/check-segment.ts";
import { useProblems } from "../../../lambdas/domain/checks/check-segment-uses.ts";
import type { Condition } from "../../../lambdas/domain/conditions/condition.ts";
import type { Segment } from "../../../lambdas/domain/segments/segment.ts";
import { journeyOf } from "../enrolled.ts";

const german: Condition = { field: "customer.country", operator: "equals", value: "DE" };
const recent: Condition = { field: "customer.seenAt", operator: "withinLast", value: "P7D" };
const often: Condition = { event: "bought", count: { operator: "greaterThan", value: 2 }, within: "P30D" };
const segment = (where: unknown, more: object = {}) => ({ id: "s", kind: "segment", name: "S", where, ...more });
const others = new Map<string, Condition>([
  ["german", german],
  ["recent", recent],
  ["often", often],
  ["outer", { any: [{ segment: "often" }, { segment: "german" }] }],
]);

function codes(document: unknown, segments: ReadonlyMap<string, Condition> = others): string[] {
  const checked = checkSegment(document, segments);
  return ("problems" in checked ? checked.problems : checked.warnings).map(({ path, code }) => `${path}: ${code}`);
}

describe("a segment", () => {
  it.each<[string, unknown]>([
    ["compares fields of the customer", german],
    ["uses the clock", recent],
    ["counts events", often],
    ["names other segments", { all: [{ segment: "german" }, { not: { segment: "outer" } }] }],
    ["compares two fields", { field: "customer.a", operator: "equals", value: { path: "customer.b" } }],
  ])("may be live that %s", (_, where) => {
    expect(codes(segment(where))).toEqual([]);
  });

  it.each<[string, unknown, string[]]>([
    ["without a condition", segment(undefined), ["where: missing-member"]],
    ["without a name", { id: "s", kind: "segment", where: german }, ["name: missing-member"]],
    ["of another kind", segment(german, { kind: "list" }), ["kind: bad-value"]],
    ["with an unknown member", segment(german, { channel: "email" }), ["channel: unknown-member"]],
    ["that reads an event", segment({ ...german, field: "event.total" }), ["where.field: event-not-known"]],
    [
      "that reads an enrollment",
      segment({ ...german, field: "enrollment.key" }),
      ["where.field: enrollment-not-known"],
    ],
    [
      "that compares with an event",
      segment({ ...german, value: { path: "event.country" } }),
      ["where.value.path: event-not-known"],
    ],
    ["that asks about a message", segment({ message: "m", status: "read" }), ["where: condition-not-allowed"]],
    ["that names no segment", segment({ any: [{ segment: "germn" }] }), ["where.any[0].segment: unknown-segment"]],
    [
      "that names itself",
      segment({ not: { segment: "s" } }),
      ["where.not.segment: unknown-segment", "where: segment-cycle"],
    ],
    [
      "with too many levels",
      segment({ not: { not: { not: { not: { not: { not: { not: { not: german } } } } } } } }),
      ["where: condition-too-deep"],
    ],
    [
      "with too many comparisons",
      segment({ any: Array.from({ length: 101 }, () => german) }),
      ["where: condition-too-large"],
    ],
  ])("has a problem %s", (_, document, expected) => {
    expect(codes(document)).toEqual(expected);
  });

  it("names itself through others: the message has the whole way", () => {
    const segments = new Map<string, Condition>([
      ["s", german],
      ["a", { segment: "b" }],
      ["b", { all: [german, { segment: "s" }] }],
    ]);
    expect(checkSegment(segment({ any: [{ segment: "a" }] }), segments)).toMatchObject({
      problems: [{ code: "segment-cycle", message: expect.stringContaining('"s" → "a" → "b" → "s"') }],
    });
  });

  it("may be five in a row, and not six", () => {
    const row = new Map<string, Condition>(
      Array.from({ length: 6 }, (_, n) => [`s-${n}`, n === 0 ? german : { segment: `s-${n - 1}` }]),
    );
    expect(codes(segment({ segment: "s-3" }), row)).toEqual([]);
    expect(codes(segment({ segment: "s-4" }), row)).toEqual(["where: segment-too-deep"]);
  });

  it("may have 1,000 comparisons with the segments that it names, and not more", () => {
    const hundred = new Map<string, Condition>([["h", { any: Array.from({ length: 100 }, () => german) }]]);
    const times = (count: number) => segment({ any: Array.from({ length: count }, () => ({ segment: "h" })) });
    expect(codes(times(10), hundred)).toEqual([]);
    expect(codes(times(11), hundred)).toEqual(["where: condition-too-large"]);
  });
});

describe("in a journey, a segment", () => {
  const places: Record<string, (name: string) => object> = {
    "trigger.where": (segment) => ({ trigger: { event: "e", where: { segment } } }),
    "trigger.audience": (segment) => ({ trigger: { event: "e", audience: { segment } } }),
    "trigger.where by change": (segment) => ({ trigger: { where: { segment } } }),
    "exit with event": (segment) => ({ exit: [{ id: "x", event: "e", where: { segment } }] }),
    "exit without event": (segment) => ({ exit: [{ id: "x", where: { segment } }] }),
    "goal without event": (segment) => ({ goals: [{ id: "x", where: { segment } }] }),
    condition: (segment) => ({
      components: { c: { type: "condition", branches: [{ when: { segment } }] } },
      start: "c",
    }),
    "waitFor without event": (segment) => ({
      components: { c: { type: "waitFor", branches: [{ id: "b", where: { segment } }], within: "P1D" } },
      start: "c",
    }),
  };
  const journey = {
    id: "j",
    name: "J",
    trigger: { event: "e" },
    start: "n",
    components: { n: { type: "emitEvent", event: "x" } },
  };

  it.each<[string, string, string | undefined]>([
    ["trigger.where", "german", undefined],
    ["trigger.where", "often", undefined],
    ["trigger.audience", "recent", undefined],
    ["trigger.audience", "outer", undefined],
    ["trigger.audience", "germn", "unknown-segment"],
    ["trigger.where by change", "german", undefined],
    ["trigger.where by change", "recent", undefined],
    ["trigger.where by change", "often", "condition-not-allowed"],
    ["exit with event", "recent", undefined],
    ["exit with event", "outer", "condition-not-allowed"],
    ["exit without event", "german", undefined],
    ["exit without event", "recent", "clock-condition"],
    ["exit without event", "outer", "clock-condition"],
    ["goal without event", "often", "clock-condition"],
    ["condition", "outer", undefined],
    ["condition", "recent", undefined],
    ["waitFor without event", "german", undefined],
    ["waitFor without event", "recent", "clock-condition"],
  ])("at %s: %s", (place, id, code) => {
    const checked = checkJourney({ ...journey, ...places[place]?.(id) }, new Set(), undefined, undefined, others);
    const problems = "problems" in checked ? checked.problems : checked.warnings;
    expect(problems.map((problem) => problem.code)).toEqual(code === undefined ? [] : [code]);
    if (code !== undefined) expect(problems[0]?.message).toContain(`"${id}"`);
  });
});

describe("an edit of a segment", () => {
  const edited = (where: Condition): Segment => ({ id: "german", kind: "segment", name: "German", where });
  const exiting = journeyOf({}, { id: "exiting", exit: [{ id: "moved", where: { segment: "german" } }] });
  const entering = journeyOf({}, { id: "entering", trigger: { event: "e", audience: { segment: "outer" } } });
  const broken = (where: Condition) =>
    useProblems(edited(where), others, [exiting, entering]).map(
      ({ code, message }) => `${code}: ${message.slice(0, 30)}`,
    );

  test("that every user can use has no problem", () => {
    expect(broken({ field: "customer.country", operator: "oneOf", value: ["DE", "AT"] })).toEqual([]);
  });

  test("that one user cannot use names the user", () => {
    expect(broken(recent)).toEqual([expect.stringMatching(/^clock-condition: The journey "exiting"/)]);
  });

  test("that makes another segment too large names that segment and the journeys behind it", () => {
    const large: Condition = { any: Array.from({ length: 100 }, () => german) };
    const segments = new Map(others).set("outer", { any: Array.from({ length: 11 }, () => ({ segment: "german" })) });
    const problems = useProblems(edited(large), segments, [entering]);
    expect(problems.map(({ message }) => message.split(" uses")[0])).toEqual([
      'The segment "outer"',
      'The journey "entering"',
    ]);
  });

  test("does not answer for a problem that a user has already", () => {
    const segments = new Map(others).set("german", recent);
    expect(useProblems(edited(recent), segments, [exiting])).toEqual([]);
  });
});
