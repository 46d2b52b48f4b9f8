/** Changes of a journey, and the tests that notice them. */
import { expect, test } from "vitest";
import { checkJourney } from "../../../lambdas/domain/checks/check-journey.ts";
import { checkJourneyTest } from "../../../proof/expectations/journey-test.ts";
import { changesOf } from "../../../proof/mutation/changes.ts";
import { mutationsOf } from "../../../proof/mutation/unnoticed.ts";
import { journey as greeting, scenario } from "../../cli/running.ts";

const where = {
  all: [
    { field: "event.total", operator: "greaterThan", value: 10 },
    { not: { field: "event.kind", operator: "equals", value: "test" } },
  ],
};

function changed(over: object): string[] {
  const checked = checkJourney({ ...greeting, exit: [], goals: [], ...over }, new Set(["hello"]));
  if ("problems" in checked) throw new Error(JSON.stringify(checked.problems));
  return changesOf(checked.value).map(({ path, text }) => `${path} ${text}`);
}

/** A journey of this component and of those that it leads to. */
const only = (component: object) => {
  const led = ["a", "b"].filter((id) => JSON.stringify(component).includes(`"next":"${id}"`));
  const tags = led.map((id) => [id, { type: "addTag", tags: [id] }]);
  return { start: "here", components: { here: component, ...Object.fromEntries(tags) } };
};

test.each<[string, object, string[]]>([
  [
    "conditions",
    { trigger: { event: "go", where, entry: "always", includeUnsubscribed: true } },
    [
      "trigger.where is reversed",
      "trigger.where.all[0] is reversed",
      "trigger.where.all[0].operator becomes greaterThanOrEquals",
      "trigger.where.all[1].not is reversed",
      "trigger.entry becomes once",
      "trigger.includeUnsubscribed becomes false",
      "components.read.within becomes P2D",
      "components.read met and notMet change places",
    ],
  ],
  [
    "entry rules",
    {
      trigger: { event: "go", entry: { cooldown: "P30D", max: 2 } },
      start: "tag",
      components: { tag: greeting.components.tag },
    },
    ["trigger.entry.cooldown becomes P60D", "trigger.entry.max becomes 3", "trigger.includeUnsubscribed becomes true"],
  ],
])("changes of %s", (_, over, expected) => expect(changed(over)).toEqual(expected));

test.each<[string, object, string[]]>([
  ["a wait", { type: "wait", for: "P1DT2H", next: "a" }, ["for becomes P2DT4H"]],
  [
    "a wait until a time of day",
    { type: "wait", until: { time: "23:30", weekdays: ["mon"] }, next: "a" },
    ["until.time becomes 00:30", "until.weekdays is left out"],
  ],
  [
    "a wait until a field",
    { type: "wait", until: { field: "customer.day", offset: "-P1D", ifPast: "exit" }, next: "a" },
    ["until.ifPast becomes continue", "until.ifMissing becomes continue", "until.offset is left out"],
  ],
  [
    "a split",
    {
      type: "split",
      branches: [
        { percent: 50, next: "a" },
        { percent: 50, next: "b" },
      ],
    },
    ["branches[0].next and branches[1].next change places"],
  ],
  [
    "a waitFor",
    {
      type: "waitFor",
      within: "P2D",
      branches: [
        { id: "x", event: "x", next: "a" },
        { id: "y", event: "y", next: "b" },
      ],
      otherwise: "b",
    },
    ["within becomes P4D", "branches[0].next and otherwise change places", "branches[1] is left out"],
  ],
  [
    "a condition",
    { type: "condition", branches: [{ when: { field: "customer.x", operator: "exists" }, next: "a" }] },
    ["branches[0].when is reversed", "branches[0].next and otherwise change places"],
  ],
  ["a component that decides nothing", { type: "addTag", tags: ["x"], next: "a" }, []],
])("changes of %s", (_, component, expected) => {
  const found = changed(only(component)).filter((change) => change.startsWith("components."));
  expect(found).toEqual(
    expected.map((change) =>
      change.includes("change places") ? `components.here ${change}` : `components.here.${change}`,
    ),
  );
});

const tested = (expectation: object, over: object = {}) => {
  const checked = checkJourneyTest({ name: "a test", ...scenario, ...over, expect: [expectation] });
  if ("problems" in checked) throw new Error(JSON.stringify(checked.problems));
  return checked.value;
};
const unnoticed = async (...tests: Parameters<typeof mutationsOf>[0]) =>
  (await mutationsOf(tests)).flatMap((each) => each.unnoticed.map(({ path }) => path));

test("a test that looks at the path notices that met and notMet change places; one that looks at entries does not", async () => {
  expect(await unnoticed(tested({ customerId: "c-1", path: ["greet", "read", "tag"] }))).not.toContain(
    "components.read",
  );
  expect(await unnoticed(tested({ customerId: "c-1", entered: 1 }))).toContain("components.read");
});

test("a change is noticed when one of several tests notices it", async () => {
  const both = [
    tested({ customerId: "c-1", entered: 1 }),
    tested({ customerId: "c-1", path: ["greet", "read", "tag"] }),
  ];
  expect(await unnoticed(...both)).not.toContain("components.read");
});

test("a draft is not changed, because no customer enters it", async () => {
  const edits = [{ at: "2026-01-02T09:00:00Z", journey: { ...greeting, name: "Edited", status: "draft" } }];
  expect(await mutationsOf([tested({ entered: 1 }, { edits })])).toMatchObject([
    { journeyId: "greeting", document: 1 },
  ]);
});
