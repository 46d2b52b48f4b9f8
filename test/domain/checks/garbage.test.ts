/** Documents that no author means: huge, circular, and of wrong types at every place. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ofASample, sampled } from "../../sample.ts";
import { base, expectHelpful, type Members, patched, places, problemsOf, tag } from "./documents-with.ts";

const where = (condition: object) => ({ "trigger.where": condition });

const leaf = (operator: string) => where({ field: "event.a", operator, value: 1 });

describe("garbage", () => {
  const nested = (levels: number, wrap: (inner: unknown) => unknown) => {
    let deep: unknown = { field: "event.a", operator: "exists" };
    for (let level = 0; level < levels; level++) deep = wrap(deep);
    return deep;
  };
  const many = (count: number, next: (n: number) => string | undefined) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, n) => [`t${n}`, { type: "addTag", tags: ["a"], next: next(n) }]),
    );

  it.each([
    ["objects", nested(100_000, (inner) => ({ not: inner }))],
    ["lists", nested(100_000, (inner) => [inner])],
    ["conditions of lists", nested(50_000, (inner) => ({ all: [inner] }))],
  ])("%s with 50,000 or more levels are refused", (_, deep) => {
    expect(places(problemsOf("journey", { ...base.journey, exit: deep }))).toEqual([": too-deep"]);
    expect(places(problemsOf("template", { ...base.template, html: deep }))).toEqual([": too-deep"]);
  });

  it("that contains itself is refused", () => {
    const loop: Members = { ...base.journey };
    loop.exit = [loop];
    expect(places(problemsOf("journey", loop))).toEqual([": too-deep"]);
  });

  it.each([
    ["in a chain", (n: number) => (n < 9_999 ? `t${n + 1}` : undefined)],
    ["in a loop", (n: number) => `t${(n + 1) % 10_000}`],
    ["side by side", () => undefined],
  ])("ten thousand components %s are refused", (_, next) => {
    const document = { ...base.journey, start: "t0", components: many(10_000, next) };
    expect(places(problemsOf("journey", document))).toEqual(["components: out-of-range"]);
  });

  const crowd = sampled(200_000);
  const side = Math.ceil(Math.sqrt(crowd));
  it.each([
    ["in one list", { all: Array(crowd).fill({ field: "event.a", operator: "exists" }) }],
    ["in many lists", { any: Array(side).fill({ all: Array(side).fill({ field: "event.a", operator: "exists" }) }) }],
    ["with a problem in each", { all: Array(crowd).fill({ field: "a", operator: "exist" }) }],
    ["about unknown messages", { all: Array(crowd).fill({ message: "nope", status: "read" }) }],
  ])("200,000 conditions %s give one problem at every place", ofASample, (_, condition) => {
    const branches = [{ when: condition, next: "wait" }];
    const problems = problemsOf("journey", {
      ...base.journey,
      trigger: { event: "checkout.started", where: condition },
      exit: [{ id: "out", event: "order.placed", where: condition }],
      components: { ...(base.journey.components as object), tag: { type: "condition", branches } },
    });
    expect(places(problems)).toEqual([
      "components.tag.branches[0].when: condition-too-large",
      "exit[0].where: condition-too-large",
      "trigger.where: condition-too-large",
    ]);
  });

  it("16,000 components with wrong targets are refused", () => {
    const document = { ...base.journey, start: "t0", components: many(16_000, (n) => `x${n}`) };
    expect(places(problemsOf("journey", document))).toEqual(["components: out-of-range"]);
  });

  it("201 components are refused together with their other problems", () => {
    const document = { ...base.journey, start: "t0", components: many(201, (n) => (n < 200 ? `t${n + 1}` : "x")) };
    expect(places(problemsOf("journey", document))).toEqual([
      "components.t200.next: unknown-component",
      "components: out-of-range",
    ]);
  });

  it("with more than a hundred problems lists a hundred of them and counts the others", () => {
    const wrong = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`strange-${n}`, 1]));
    const problems = problemsOf("journey", { ...base.journey, ...wrong });
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)).toEqual({
      path: "",
      code: "more-problems",
      message: "There are 19900 more problems. Fix these first, then check again.",
    });
  });

  it("of two hundred components in one loop gives one short problem", () => {
    const problems = problemsOf("journey", {
      ...base.journey,
      start: "t0",
      components: many(200, (n) => `t${(n + 1) % 200}`),
    });
    expect(places(problems)).toEqual(["components.t0: loop-without-wait"]);
    expectHelpful(problems);
  });

  const long = "x".repeat(100_000);
  it.each<[where: string, patch: Members]>([
    ["an id", { id: long }],
    ["a status", { status: long }],
    ["a time zone", { timezone: long }],
    ["an address", { sender: { from: long } }],
    ["a start", { start: long }],
    ["a template", { "components.send.template": long }],
    ["a message", { "components.rule.message": long }],
    ["a duration", { "components.wait.for": long }],
    ["a tag", { "components.tag.tags": [long] }],
    ["a type", tag({ type: long })],
    ["an operator", leaf(long)],
    ["a field", where({ field: long, operator: "exists" })],
    ["a member's name", { [long]: 1 }],
    [
      "an attribute's name",
      tag({ type: "updateCustomer", set: { [long.slice(0, 128)]: 1 }, unset: [long.slice(0, 128)] }),
    ],
  ])("of a hundred thousand characters in %s gives short messages", (_, patch) => {
    const problems = problemsOf("journey", patched("journey", patch));
    expect(problems.length).toBeGreaterThan(0);
    expectHelpful(problems);
  });

  const paths = ["trigger", "trigger.where", "trigger.entry", "sender", "exit", "goals", "start", "components"]
    .concat(["wait", "send", "rule", "tag"].map((id) => `components.${id}`))
    .concat(["components.wait.until", "components.send.data", "components.rule.message", "components.tag.branches"]);

  it("without a text form, in place of an allowed word, gives a sentence", () => {
    const textless = [{ toString: 1, valueOf: 1 }];
    expectHelpful(problemsOf("template", patched("template", { class: textless })));
    expectHelpful(problemsOf("journey", patched("journey", { "components.wait.type": textless })));
  });

  it("of any kind at any place gives sentences and never throws", ofASample, () => {
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue({ maxDepth: 4 }), (path, value) => {
        expectHelpful(problemsOf("journey", patched("journey", value === null ? {} : { [path]: value })));
        expectHelpful(problemsOf("journey", value));
        expectHelpful(problemsOf("template", value));
      }),
      { seed: 2026, numRuns: sampled(1_000) },
    );
  });
});
