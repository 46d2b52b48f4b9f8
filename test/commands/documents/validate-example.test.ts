/** A warning about the paths of a journey, wherever documents are checked; and its example, put into a scenario and run. */
import { expect, test } from "vitest";
import { draftOf, surroundingsOf, withPathWarnings } from "../../../console/edit/text/draft.ts";
import { save } from "../../app/publish/saves.ts";
import { World } from "../../app/world.ts";
import { ran, template } from "../../cli/running.ts";

const is = (value: string) => ({ field: "event.country", operator: "equals", value });
const journey = {
  id: "j",
  name: "J",
  status: "active",
  trigger: { event: "go" },
  start: "german",
  components: {
    german: { type: "condition", branches: [{ when: is("DE"), next: "austrian" }] },
    austrian: { type: "condition", branches: [{ when: is("AT"), next: "hello" }] },
    hello: { type: "sendTemplate", template: "hello" },
  },
};
const files = { "j.json": journey, "hello.json": template };
const never = { path: "components.hello", code: "component-never-reached", severity: "warning" };

test("validate warns, refuses nothing, and gives an example that simulate runs", async () => {
  const { exitCode, out } = await ran(["validate", "j.json", "hello.json", "--json"], files);
  const { ok, problems } = JSON.parse(out);
  expect([exitCode, ok]).toEqual([0, true]);
  expect(problems[0]).toMatchObject({ ...never, file: "j.json", line: expect.any(Number) });
  const scenario = { journeys: ["j.json"], templates: ["hello.json"], ...problems[0].example };
  const simulated = await ran(["simulate", "scenario.json", "--json"], { ...files, "scenario.json": scenario });
  expect(simulated.exitCode).toBe(0);
  const lines = simulated.out.split("\n").map((line) => JSON.parse(line));
  expect(lines.map(({ kind, componentId, outcome }) => `${kind} ${componentId ?? ""} ${outcome ?? ""}`.trim())).toEqual(
    ["entered", "component german austrian", "component austrian end", "completed", "summary"],
  );
});

test("a save goes live, and its outcome has the warning with the example", async () => {
  const world = new World();
  const { state, problems } = await save(world, journey);
  expect([state, problems[0]]).toEqual([
    "published",
    { ...never, message: expect.any(String), example: expect.objectContaining({ events: [expect.anything()] }) },
  ]);
});

test("the console's editor shows the warning while the journey is written", () => {
  const surroundings = surroundingsOf([template], "j", new Set());
  const draft = withPathWarnings(draftOf(JSON.stringify(journey, null, 2), surroundings), surroundings);
  expect(draft.problems).toEqual(expect.arrayContaining([expect.objectContaining(never)]));
  expect(draft.journey).toBeDefined();
});
