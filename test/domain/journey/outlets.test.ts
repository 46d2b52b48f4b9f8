/** The outlets of each component type. */
import { expect, test } from "vitest";
import type { Component } from "../../../lambdas/domain/journey/component.ts";
import { outlets, waiting } from "../../../lambdas/domain/journey/outlets.ts";

const one = (to?: string) => [{ outcome: "done", to, path: ["next"], label: "" }];
const branches = (...rest: object[]) => rest;

test.each<[Component, object[]]>([
  [{ type: "addTag", tags: ["x"], next: "b" }, one("b")],
  [{ type: "wait", for: "PT1H" }, one()],
  [
    { type: "messageStatusRule", message: "m", status: "read", within: "P1D", met: "a" },
    [
      { outcome: "met", to: "a", path: ["met"], label: "read" },
      { outcome: "notMet", to: undefined, path: ["notMet"], label: "not read in time" },
    ],
  ],
  [
    { type: "split", branches: [{ percent: 30, next: "a" }, { percent: 70 }] },
    branches(
      { outcome: "a", to: "a", path: ["branches", 0, "next"], label: "30 %" },
      { outcome: "end", to: undefined, path: ["branches", 1, "next"], label: "70 %" },
    ),
  ],
  [
    {
      type: "condition",
      branches: [
        { when: { field: "customer.a", operator: "exists" }, next: "a" },
        { when: { field: "customer.b", operator: "exists" } },
      ],
    },
    branches(
      { outcome: "a", to: "a", path: ["branches", 0, "next"], label: "branch 1" },
      { outcome: "end", to: undefined, path: ["branches", 1, "next"], label: "branch 2" },
      { outcome: "end", to: undefined, path: ["otherwise"], label: "otherwise" },
    ),
  ],
  [
    { type: "waitFor", branches: [{ id: "paid", event: "order", next: "a" }], within: "P1D", otherwise: "b" },
    branches(
      { outcome: "paid", to: "a", path: ["branches", 0, "next"], label: "paid" },
      { outcome: "otherwise", to: "b", path: ["otherwise"], label: "time is up" },
    ),
  ],
])("%j", (component, expected) => expect(outlets(component)).toEqual(expected));

test("the component types at which a customer can wait", () =>
  expect([...waiting]).toEqual(["wait", "waitFor", "messageStatusRule"]));
