/** The names of components: a change of them makes no version, and people see them instead of ids. */
import { describe, expect, test } from "vitest";
import { funnelOf } from "../../../insight/funnel/funnel.ts";
import { diagramOf } from "../../../insight/picture/diagram/diagram.ts";
import { componentRef, timelineText } from "../../../insight/timeline/timeline-text.ts";
import { checkJourney } from "../../../lambdas/domain/checks/check-journey.ts";
import { type Component, components } from "../../../lambdas/domain/journey/component.ts";
import { componentNames, withNames, withoutNames } from "../../../lambdas/domain/journey/component-names.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";

const plain: Journey["components"] = { a: { type: "addTag", tags: ["x"], next: "b" }, b: { type: "wait", for: "P1D" } };
const named: Journey["components"] = { ...plain, b: { type: "wait", for: "P1D", name: "A day", note: "Agreed" } };
const journey = (components: Record<string, Component>): Journey => ({
  id: "j",
  name: "J",
  status: "active",
  trigger: { event: "start" },
  start: "a",
  components,
});

test("every component type may have a name and a note", () => {
  for (const kind of components)
    expect(Object.keys(kind.shape)).toEqual(expect.arrayContaining(["type", "name", "note"]));
  expect(checkJourney(journey(named), new Set())).toHaveProperty("value");
});

test.each([
  ["an empty name", { name: "" }, "components.b.name"],
  ["a name that is a number", { name: 7 }, "components.b.name"],
  ["a note of more than 2,000 characters", { note: "x".repeat(2_001) }, "components.b.note"],
])("%s is a problem", (_, more, path) => {
  const checked = checkJourney({ ...journey(plain), components: { ...plain, b: { ...plain.b, ...more } } }, new Set());
  expect("problems" in checked && checked.problems.map((problem) => problem.path)).toEqual([path]);
});

describe("names", () => {
  test("are read from a journey", () => {
    expect(componentNames(journey(named))).toEqual({ b: "A day" });
    expect(componentNames(journey(plain))).toBeUndefined();
  });

  test("of the newest document replace those of the version", () => {
    expect(withNames(journey(plain), { b: "A day" }).components.b).toHaveProperty("name", "A day");
    expect(withNames(journey(named), { a: "Tag" }).components).toMatchObject({ a: { name: "Tag" } });
    expect(withNames(journey(named), { a: "Tag" }).components.b).not.toHaveProperty("name");
    expect(withNames(journey(named)).components.b).not.toHaveProperty("name");
    const unnamed = journey(plain);
    expect(withNames(unnamed)).toBe(unnamed);
  });

  test("and notes do not count in a comparison of versions", () => {
    expect(withoutNames(journey(named))).toEqual(plain);
  });

  test("are the titles of boxes in a picture", () => {
    const titles = diagramOf(journey(named)).boxes.map(({ title }) => title);
    expect(titles).toEqual(expect.arrayContaining(["a", "A day"]));
    expect(titles).not.toContain("b");
  });

  test("are in the funnel, beside the ids", () => {
    const found = funnelOf(journey(named), { entered: 1 }).components;
    expect(found.map(({ componentId, name }) => [componentId, name])).toEqual([
      ["a", undefined],
      ["b", "A day"],
    ]);
  });

  test("are in the timeline", () => {
    const line = {
      kind: "component",
      at: "2026-01-05T10:00:00.000Z",
      customerId: "c-1",
      journeyId: "j",
      enrollmentId: "e",
      componentId: "b",
      type: "wait",
      outcome: "waiting",
    } as const;
    expect(timelineText(line, new Map([[componentRef("j", "b"), "A day"]]))?.text).toBe("A day waits");
    expect(timelineText(line, new Map([[componentRef("k", "b"), "A day"]]))?.text).toBe("b waits");
  });
});
