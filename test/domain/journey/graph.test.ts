/** The journey as a graph. */
import { describe, expect, test } from "vitest";
import type { Component } from "../../../lambdas/domain/journey/component.ts";
import { edges, loopsWithoutWait, pathAvoiding, reachable } from "../../../lambdas/domain/journey/graph.ts";

const go = (next?: string): Component => ({ type: "addTag", tags: ["x"], ...(next && { next }) });
const rest = (next?: string): Component => ({ type: "wait", for: "P1D", ...(next && { next }) });
const fork = (...next: readonly string[]): Component => ({
  type: "split",
  branches: next.map((to) => ({ percent: 100 / next.length, next: to })),
});

describe("edges", () => {
  test("edges lead only to components that exist", () => {
    const components = { a: fork("b", "c", "nowhere"), b: go("constructor"), c: go() };
    expect([...edges({ components })]).toEqual([
      ["a", ["b", "c"]],
      ["b", []],
      ["c", []],
    ]);
  });
});

describe("paths", () => {
  const graph = edges({
    components: { a: fork("b", "c"), b: go("d"), c: go("e"), e: go("d"), d: go("a"), alone: go() },
  });
  test.each([
    ["the shortest", "a", "d", undefined, ["a", "b", "d"]],
    ["around one component", "a", "d", "b", ["a", "c", "e", "d"]],
    ["none around the start", "a", "d", "a", undefined],
    ["none around the goal", "a", "d", "d", undefined],
    ["to the same component", "a", "a", undefined, ["a"]],
    ["none", "alone", "a", undefined, undefined],
    ["from nowhere", "nowhere", "a", undefined, undefined],
  ])("%s", (_, from, to, avoid, expected) => expect(pathAvoiding(graph, from, to, avoid)).toEqual(expected));

  test("finds every component that can be reached, through a loop too", () => {
    expect(reachable(graph, "c")).toEqual(new Set(["c", "e", "d", "a", "b"]));
    expect(reachable(graph, "alone")).toEqual(new Set(["alone"]));
  });
});

describe("loops without a wait", () => {
  test.each<[string, Record<string, Component>, string[][]]>([
    ["none", { a: go("b"), b: go() }, []],
    ["one with a wait", { a: go("b"), b: rest("a") }, []],
    ["one without a wait", { a: go("b"), b: go("c"), c: go("a") }, [["a", "b", "c"]]],
    ["of one component", { a: go("a") }, [["a"]]],
    ["behind a wait", { a: rest("b"), b: go("c"), c: go("b") }, [["b", "c"]]],
    ["each group of connected components once", { a: fork("b", "c"), b: go("a"), c: go("a") }, [["a", "b"]]],
    [
      "two groups",
      { a: go("b"), b: fork("a", "c"), c: go("d"), d: go("c") },
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    ["one path with a wait and one without", { a: fork("b", "c"), b: rest("a"), c: go("a") }, [["a", "c"]]],
  ])("%s", (_, components, expected) => expect(loopsWithoutWait({ components })).toEqual(expected));
});
