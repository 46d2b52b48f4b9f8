/** The parts of a journey that tests reach. */
import { expect, test } from "vitest";
import { coverageOf } from "../../../proof/coverage/coverage.ts";
import { keyOf, partsOf } from "../../../proof/coverage/parts.ts";
import { checkJourneyTest } from "../../../proof/expectations/journey-test.ts";
import { runJourneyTest } from "../../../proof/expectations/run-journey-test.ts";
import { journey as greeting, scenario } from "../../cli/running.ts";

async function covered(over: object = {}) {
  const checked = checkJourneyTest({ name: "a test", ...scenario, ...over, expect: [{ failed: 0 }] });
  if ("problems" in checked) throw new Error(JSON.stringify(checked.problems));
  const { lines, problems } = await runJourneyTest(checked.value);
  expect(problems).toEqual([]);
  const [coverage] = coverageOf([{ scenario: checked.value, lines }]);
  const names = (parts: readonly Parameters<typeof keyOf>[0][] = []) => parts.map((part) => keyOf(part).trim());
  return { reached: names(coverage?.reached), unreached: names(coverage?.unreached) };
}

const at = "2026-01-01T09:30:00Z";
const event = (name: string, id: string, when = at) => ({ at: when, event: name, id, customerId: "c-1" });
const go = scenario.events[0];

test("a customer who reads reaches the way of readers, and not the other", async () => {
  const { reached, unreached } = await covered();
  expect(reached).toEqual([
    "component greet",
    "component read",
    "component tag",
    "outlet greet done",
    "outlet read met",
    "outlet tag done",
  ]);
  expect(unreached).toEqual([
    "outlet read notMet",
    "exit gone",
    "goal sale",
    "refusal entry-limit",
    "refusal unsubscribed",
  ]);
});

test.each<[string, object, string]>([
  ["the time-out of a rule", { statuses: [] }, "outlet read notMet"],
  ["an exit rule", { statuses: [], events: [go, event("leave", "e2")] }, "exit gone"],
  ["a goal", { events: [go, event("order", "e2")] }, "goal sale"],
  ["a refusal", { events: [go, event("go", "e2")] }, "refusal entry-limit"],
  ["a skipped message, which leads on as a sent one", { customers: [{ customerId: "c-1" }] }, "outlet greet done"],
  [
    "the refusal of an audience run",
    { entries: [{ at, journey: "greeting", customers: ["c-1"] }] },
    "refusal entry-limit",
  ],
])("reaches %s", async (_, over, part) => {
  expect((await covered(over)).reached).toContain(part);
});

test.each<[string, object, string[]]>([
  ["once, for those who want mail", {}, ["entry-limit", "unsubscribed"]],
  ["always, for all", { entry: "always", includeUnsubscribed: true }, []],
  ["a schedule that repeats", { event: undefined, schedule: { every: "P1D" } }, ["unsubscribed"]],
  [
    "a change: it leaves no reason when where is false",
    { event: undefined, where: {} },
    ["entry-limit", "unsubscribed"],
  ],
  [
    "an event with conditions",
    { where: {}, audience: {} },
    ["where-false", "audience-false", "entry-limit", "unsubscribed"],
  ],
])("refusals of a trigger: %s", (_, trigger, expected) => {
  const journey = { ...greeting, trigger: { event: "go", ...trigger } } as unknown as Parameters<typeof partsOf>[0];
  expect(partsOf(journey).flatMap(({ kind, id }) => (kind === "refusal" ? [id] : []))).toEqual(expected);
});

test("a document with problems has no parts to reach", async () => {
  const edits = [{ at, journey: { ...greeting, start: "nowhere", components: { other: greeting.components.tag } } }];
  expect(JSON.stringify(await covered({ edits }))).not.toContain("other");
});
