/**
 * Names that objects of JavaScript have without any document: `__proto__`, `constructor`, `prototype` and so on. In a
 * document, `__proto__` is refused wherever it stands. Every other such name, and every such name in an event, does what
 * any other name does: a scenario that is renamed has the same timeline, renamed.
 */
import { describe, expect, test } from "vitest";
import { checkJourney, checkShared, checkTemplate } from "../../lambdas/domain/checks/check-journey.ts";
import { checkSegment } from "../../lambdas/domain/checks/check-segment.ts";
import { checkJourneyTest } from "../../proof/expectations/journey-test.ts";
import { checkScenario } from "../../simulator/scenario.ts";
import { simulate } from "../../simulator/simulate.ts";
import type { TimelineLine } from "../../simulator/timeline.ts";
import { journey, scenario, template } from "../cli/running.ts";

/** With a member `__proto__`, as JSON makes it. In the text, the name stands for itself. */
const poisoned = (document: unknown) => JSON.parse(JSON.stringify(document).replaceAll("HERE", "__proto__"));
const withComponent = (component: object) => ({ ...journey, start: "a", components: { a: component } });

describe("__proto__ in a document is refused, with its place", () => {
  const templates = new Set(["hello"]);
  const rule = { field: "customer.a", operator: "exists" };
  test.each<[string, (input: unknown) => object, object, string]>([
    ["a journey", (input) => checkJourney(input, templates), { ...journey, HERE: 1 }, "__proto__"],
    [
      "a component's id",
      (input) => checkJourney(input, templates),
      { ...journey, components: { ...journey.components, HERE: { type: "addTag", tags: ["x"] } } },
      "components.__proto__",
    ],
    [
      "the attributes that a component sets",
      (input) => checkJourney(input, templates),
      withComponent({ type: "updateCustomer", set: { HERE: 1 } }),
      "components.a.set.__proto__",
    ],
    [
      "a topic that a component sets",
      (input) => checkJourney(input, templates),
      withComponent({ type: "updateCustomer", set: { topics: { HERE: true } } }),
      "components.a.set.topics.__proto__",
    ],
    [
      "the data of an event",
      (input) => checkJourney(input, templates),
      withComponent({ type: "emitEvent", event: "said", data: { list: [{ HERE: 1 }] } }),
      "components.a.data.list[0].__proto__",
    ],
    [
      "the data of a message",
      (input) => checkJourney(input, templates),
      withComponent({ type: "sendTemplate", template: "hello", data: { HERE: "x" } }),
      "components.a.data.__proto__",
    ],
    [
      "a language of a template",
      (input) => checkTemplate(input),
      { ...template, languages: { HERE: { subject: "x" } } },
      "languages.__proto__",
    ],
    [
      "a partial",
      (input) => checkShared(input),
      { id: "p", kind: "partial", text: "x", languages: { HERE: { text: "y" } } },
      "languages.__proto__",
    ],
    [
      "a segment",
      (input) => checkSegment(input, new Map()),
      { id: "s", kind: "segment", name: "S", where: { all: [rule, { ...rule, HERE: 1 }] } },
      "where.all[1].__proto__",
    ],
    ["a scenario", checkScenario, { ...scenario, HERE: 1 }, "__proto__"],
    [
      "a journey test",
      checkJourneyTest,
      { ...scenario, name: "x", expect: [{ customerId: "c-1", outcomes: { HERE: "x" } }] },
      "expect[0].outcomes.__proto__",
    ],
  ])("%s", (_, check, document, path) => {
    const { problems } = check(poisoned(document)) as { problems?: readonly object[] };
    expect(problems).toContainEqual(expect.objectContaining({ path, code: "bad-name" }));
  });

  test.each(["constructor", "toString"])("a component %s of a wrong type gets a sentence, and no code", (name) => {
    const { problems } = checkJourney({ ...journey, components: { ...journey.components, [name]: 5 } }, templates) as {
      problems: readonly { message: string }[];
    };
    expect(problems.map(({ message }) => message).join(" ")).not.toMatch(/native code|undefined|function/);
  });

  test("a nesting of 100,000 levels is read without recursion", () => {
    const deep = `${'{"a":'.repeat(100_000)}{"__proto__":1}${"}".repeat(100_000)}`;
    const [event] = scenario.events;
    const input = JSON.parse(
      JSON.stringify({ ...scenario, events: [{ ...event, data: "DATA" }] }).replace('"DATA"', deep),
    );
    expect(checkScenario(input)).toMatchObject({ problems: [{ code: "bad-name" }] });
  });
});

/** Ids of customers and of events stay, because enrollments have ids that are made of them. */
const used = (name: string) => ({
  journeys: [
    {
      ...journey,
      id: "j",
      trigger: { event: "go", key: `event.${name}`, where: { field: `event.${name}`, operator: "exists" } },
      exit: [{ id: `${name}`, event: `out.${name}` }],
      goals: [{ id: `${name}`, event: name }],
      start: name,
      components: {
        [name]: {
          type: "sendTemplate",
          template: "hello",
          data: { [name]: { path: `event.${name}` } },
          next: "split",
        },
        split: { type: "split", branches: [50, 50].map((percent) => ({ percent, next: "set" })) },
        set: { type: "updateCustomer", set: { [name]: "x", topics: { [name]: true } }, next: "wait" },
        wait: { type: "waitFor", branches: [{ id: name, event: name, next: "say" }], within: "P1D" },
        say: { type: "emitEvent", event: name, data: { [name]: { path: `customer.${name}` } }, next: "if" },
        if: {
          type: "condition",
          branches: [
            { when: { event: name, count: { operator: "greaterThan", value: 0 }, within: "P5D" }, next: "tag" },
          ],
        },
        tag: { type: "addTag", tags: [name] },
      },
    },
  ],
  templates: [{ ...template, subject: `{{ data.${name} }} {{ customer.${name} }}` }],
  customers: [{ customerId: "c-1", email: "ada@mail.example", firstName: "Ada", [name]: "before" }],
  events: [
    { at: "2026-01-01T09:00:00Z", event: "go", id: "e1", customerId: "c-1", data: { [name]: "key" } },
    { at: "2026-01-01T10:00:00Z", event: name, id: "e2", customerId: "c-1", data: { [name]: 1 } },
  ],
});

/** Only the names that apps choose: of events, of their data, and of attributes. */
const sent = {
  ...scenario,
  journeys: [
    {
      ...journey,
      trigger: { event: "NAME", key: "event.NAME", audience: { field: "customer.NAME", operator: "exists" } },
      exit: [{ id: "out", event: "NAME", where: { field: "event.NAME", operator: "equals", value: "last" } }],
      start: "wait",
      components: {
        wait: { type: "waitFor", branches: [{ id: "again", event: "NAME", next: "if" }], within: "P1D" },
        if: {
          type: "condition",
          branches: [
            { when: { event: "NAME", count: { operator: "greaterThan", value: 1 }, within: "P5D" }, next: "greet" },
          ],
        },
        greet: { type: "sendTemplate", template: "hello", next: "say" },
        say: { type: "emitEvent", event: "said", data: { found: { path: "customer.NAME" } }, next: "stay" },
        stay: { type: "wait", for: "P9D" },
      },
    },
  ],
  templates: [{ ...template, subject: "{{ customer.NAME }} {{ event.NAME }}" }],
  events: ["key", "2", "last"].map((value, hour) => ({
    at: `2026-01-01T1${hour}:00:00Z`,
    event: "NAME",
    id: `e${hour}`,
    customerId: "c-1",
    data: { NAME: value },
    customer: { NAME: `now ${value}`, topics: { NAME: true } },
  })),
  statuses: [],
};

async function timeline(scenario: object, from: string, to: string): Promise<string> {
  const lines: TimelineLine[] = [];
  const renamed = JSON.parse(JSON.stringify(scenario).replaceAll(from, to));
  const result = await simulate(renamed, (line) => lines.push(line));
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return JSON.stringify([lines, result.summary]).replaceAll(to, from);
}

test.each(["constructor", "prototype"])("a scenario in which everything else has the name %s", async (name) => {
  const other = await timeline(used("NAME"), "NAME", "ordinary");
  expect(other).toContain('"completed"');
  expect(await timeline(used("NAME"), "NAME", name)).toBe(other);
});

test.each(["constructor", "prototype", "toString", "hasOwnProperty", "valueOf"])(
  "a scenario in which apps call everything %s",
  async (name) => {
    const other = await timeline(sent, "NAME", "ordinary");
    expect(other).toContain('"exited"');
    expect(await timeline(sent, "NAME", name)).toBe(other);
  },
);
