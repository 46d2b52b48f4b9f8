/** The audience runs of a journey: on a stack, and on the embedded engine. */
import { expect, test } from "vitest";
import { examples } from "../../console/engine/examples.ts";
import { embeddedPlace } from "../../console/place/embedded-place.ts";
import { runsAnswer } from "../../console/server/answers/runs.ts";
import { planRun } from "../../lambdas/app/runs/plan-run.ts";
import { seed, walkRun } from "../app/runs/walk-run.ts";
import { answer } from "../commands/on-stack.ts";
import { cart, shop } from "../commands/shop.ts";

const { id } = cart;

test("are none at first; then each one has its state and a sentence, the newest first", async () => {
  const stack = await shop();
  seed(stack.world, "new-customer");
  expect(await runsAnswer(id, stack)).toEqual({ runs: [], more: false });
  const { json } = await answer(stack, ["enter", id, "--customers", "new-customer", "--yes"]);
  const ref = { journeyId: id, runId: json.runId };
  const state = async () => (await runsAnswer(id, stack)).runs[0];
  expect(await state()).toMatchObject({ runId: ref.runId, state: "asked", text: "has not begun" });
  await planRun(ref, "x", stack.ports);
  expect(await state()).toMatchObject({ state: "under-way", text: expect.stringContaining("0 of 1 parts read") });
  await walkRun(ref, stack.world);
  expect(await state()).toMatchObject({ state: "ended", text: expect.stringContaining("1 customer considered") });
});

test("of the embedded engine are those that schedules have started in its month", async () => {
  const { stack } = await embeddedPlace(examples().filter(({ name }) => name === "weekly-letter"));
  const { runs } = await runsAnswer("weekly-letter", stack);
  expect(runs.length).toBeGreaterThan(2);
  for (const { state, text } of runs) expect([state, text]).toEqual(["ended", expect.stringContaining("considered")]);
});
