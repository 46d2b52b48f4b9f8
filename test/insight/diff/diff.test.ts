/** The differences that an edit makes, and their effects. */
import { describe, expect, test } from "vitest";
import { changeText } from "../../../insight/diff/change-text.ts";
import { type Difference, differences } from "../../../insight/diff/differences.ts";
import { effectsOf, makesVersion, type Place } from "../../../insight/diff/effects.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import { journey as document, template } from "../../cli/running.ts";

const journey = document as unknown as Journey;
const { components } = document;
const place: Place = { version: 3, inside: 17, at: { greet: 0, read: 5 } };

const textsOf = (edit: object) =>
  differences(journey, { ...journey, ...edit }).map(
    (difference) => `${difference.kind} ${difference.path}: ${changeText(difference)}`,
  );

describe("differences", () => {
  test.each<[string, object, string[]]>([
    ["nothing", {}, []],
    ["members that do not affect behavior", { version: "current", $schema: "x", publication: {} }, []],
    ["the order of members", { components: Object.fromEntries(Object.entries(components).toReversed()) }, []],
    ["a status", { status: "paused" }, ["changed status: active → paused"]],
    [
      "a member of a component",
      { components: { ...components, read: { ...components.read, within: "P2D" } } },
      ["changed components.read.within: P1D → P2D"],
    ],
    [
      "an added and a removed component",
      { components: { greet: components.greet, read: components.read, other: { type: "wait", for: "PT1H" } } },
      [
        'removed components.tag: {"type": "addTag", "tags": ["reader"]}',
        'added components.other: {"type": "wait", "for": "PT1H"}',
      ],
    ],
    [
      "a rule, matched by its id",
      {
        exit: [
          { id: "late", event: "late" },
          { id: "gone", event: "left" },
        ],
      },
      ["changed exit[gone].event: leave → left", 'added exit[late]: {"id": "late", "event": "late"}'],
    ],
    [
      "a component with the name of a member of every object",
      { components: { ...components, constructor: { type: "wait", for: "PT1H" } } },
      ['added components.constructor: {"type": "wait", "for": "PT1H"}'],
    ],
    ["a removed rule", { goals: undefined }, ['removed goals: [{"id": "sale", "event": "order"}]']],
    [
      "a condition, in words",
      { trigger: { event: "go", where: { field: "event.total", operator: "greaterThan", value: 20 } } },
      ["added trigger.where: event.total > 20"],
    ],
  ])("%s", (_, edit, expected) => {
    expect(textsOf(edit)).toEqual(expected);
  });

  test("the order of rules", () => {
    const [a, b] = [
      { id: "a", event: "x" },
      { id: "b", event: "y" },
    ];
    expect(differences({ exit: [a, b] }, { exit: [b, a] })).toEqual([
      { part: "exit", path: "exit", kind: "changed", before: ["a", "b"], after: ["b", "a"] },
    ]);
  });

  test("branches without ids are matched by their position", () => {
    const branch = (value: number, next: string) => ({
      when: { field: "event.total", operator: "equals", value },
      next,
    });
    const [difference] = differences(
      { components: { c: { branches: [branch(1, "a"), branch(2, "b")] } } },
      { components: { c: { branches: [branch(1, "a"), branch(3, "b")] } } },
    );
    expect(difference?.path).toBe("components.c.branches[1].when");
    expect(changeText(difference as Difference)).toBe("event.total = 2 → event.total = 3");
  });

  test("long texts are compared by lines", () => {
    const [difference] = differences({ ...template, html: "a\nb\nc" }, { ...template, html: "a\nx\ny\nc" });
    expect(changeText(difference as Difference)).toBe("1 of 3 lines removed, 2 of 4 added");
  });
});

describe("effects", () => {
  const effects = (edit: object) => {
    const next = { ...journey, ...edit } as Journey;
    return effectsOf(differences(journey, next), next, place).map(({ part, customers, text }) => [
      part,
      customers,
      text,
    ]);
  };
  const makes = (edit: object, at = place) => {
    const next = { ...journey, ...edit } as Journey;
    return makesVersion(differences(journey, next), next.status, at);
  };

  test.each<[string, object, boolean, unknown[]]>([
    ["nothing", {}, false, []],
    ["another name", { name: "Hi" }, false, []],
    ["a pause", { status: "paused" }, false, [["status", 17, expect.stringContaining("17 customers inside continue")]]],
    ["a stop", { status: "stopped" }, false, [["status", 17, expect.stringContaining("17 customers inside exit")]]],
    [
      "a changed component with customers at it",
      { components: { ...components, read: { ...components.read, within: "P2D" } } },
      true,
      [
        ["components", 17, expect.stringContaining("keep the components")],
        [
          "components",
          5,
          '5 customers at "read", which changes, continue from there with the components of their version.',
        ],
      ],
    ],
    [
      "an added component with the name of a member of every object",
      { components: { ...components, constructor: { type: "wait", for: "PT1H" } } },
      true,
      [["components", 17, expect.anything()]],
    ],
    [
      "a changed component with no customers at it",
      { components: { ...components, tag: { type: "addTag", tags: ["other"] } } },
      true,
      [["components", 17, expect.anything()]],
    ],
    ["another exit rule", { exit: [] }, true, [["exit", 17, expect.stringContaining("at once")]]],
    ["another goal", { goals: [] }, true, [["goals", 17, expect.stringContaining("customers who have left")]]],
    ["another trigger", { trigger: { event: "start" } }, true, [["trigger", 0, expect.anything()]]],
    ["another sender", { sender: { from: "a@b.example" } }, true, [["components", 17, expect.anything()]]],
    [
      "a draft with other changes",
      { status: "draft", start: "tag" },
      false,
      [
        ["status", 17, expect.stringContaining("17 customers inside continue")],
        ["status", 0, expect.stringContaining("never live")],
      ],
    ],
  ])("%s", (_, edit, isVersion, expected) => {
    expect(effects(edit)).toEqual(expected);
    expect(makes(edit)).toBe(isVersion);
  });

  test("a removed component is called removed", () => {
    const { read: _, ...others } = components;
    expect(effects({ components: others })[1]).toEqual([
      "components",
      5,
      expect.stringContaining('"read", which is removed'),
    ]);
  });

  test("a draft gets its first version when it becomes active", () => {
    expect(makes({ status: "active" }, { version: 0, inside: 0, at: {} })).toBe(true);
    expect(makes({ status: "draft" }, { version: 0, inside: 0, at: {} })).toBe(false);
  });
});
