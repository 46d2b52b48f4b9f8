/** A stack that requires tests: what of a save takes effect when a test of the journey fails. */
import { expect, test } from "vitest";
import { publishJourney } from "../../../lambdas/app/publish/publish-journey.ts";
import type { Problem } from "../../../lambdas/domain/documents/problem.ts";
import { lasting } from "../../behaviour/scenario-of.ts";
import { World } from "../world.ts";
import { live, save } from "./saves.ts";

const failed: Problem = { path: "", code: "test-failed", message: 'The test "a" fails.' };

/** The journeys are checked by a gate with this answer. `asked`: the journeys whose tests ran. */
async function gatedWorld(...problems: readonly Problem[]) {
  const world = new World();
  await save(world, lasting());
  const asked: string[] = [];
  const gate = {
    problems: async ({ description = "", status }: { description?: string | undefined; status: string }) => {
      asked.push(`${status} ${description}`.trim());
      return problems;
    },
  };
  const saved = (change: Readonly<Record<string, unknown>>) =>
    publishJourney("j", lasting(change), { ...world.ports, gate });
  return { world, asked, saved };
}

test("when the tests pass, the edit is live", async () => {
  const { world, asked, saved } = await gatedWorld();
  expect(await saved({ description: "b" })).toMatchObject({ state: "published", version: 2 });
  expect([await live(world), asked]).toEqual(["v2 active J", ["active b"]]);
});

test("when a test fails, what was live stays live, and the outcome names the test", async () => {
  const { world, saved } = await gatedWorld(failed);
  expect(await saved({ description: "b" })).toMatchObject({ state: "rejected", version: 1, problems: [failed] });
  expect(await live(world)).toBe("v1 active J");
  expect(await world.journeys.newest("j")).toMatchObject({ version: 1 });
});

test("a save that makes a journey active again is checked, although its content is the same", async () => {
  const { world, asked, saved } = await gatedWorld(failed);
  expect(await saved({ name: "K" })).toMatchObject({ state: "rejected" });
  expect([await live(world), asked]).toEqual(["v1 active J", ["active"]]);
});

test.each(["paused", "held", "stopped"])("no test keeps a journey from being %s", async (status) => {
  const { world, asked, saved } = await gatedWorld(failed);
  expect(await saved({ status })).toMatchObject({ state: "published", version: 1 });
  expect([await live(world), asked]).toEqual([`v1 ${status} J`, []]);
});

test.each(["paused", "stopped"])("an edit with a failing test is rejected, and still %s", async (status) => {
  const { world, saved } = await gatedWorld(failed);
  expect(await saved({ status, description: "b" })).toMatchObject({ state: "rejected", version: 1 });
  expect(await live(world)).toBe(`v1 ${status} J`);
});

test("the tests of a draft do not run, nor those of a journey with problems", async () => {
  const { asked, saved } = await gatedWorld(failed);
  expect(await saved({ status: "draft", description: "b" })).toMatchObject({ state: "draft" });
  expect(await saved({ start: "nowhere" })).toMatchObject({ problems: [{ path: "start" }] });
  expect(asked).toEqual([]);
});
