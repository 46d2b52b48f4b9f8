/** What must be true of every journey and every scenario. A failing one shrinks, and prints its seed. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { addCounts, type Counts, countsOf } from "../../lambdas/domain/counts.ts";
import { checkScenario, type Scenario } from "../../simulator/scenario.ts";
import { type Simulation, simulate } from "../../simulator/simulate.ts";
import type { TimelineLine } from "../../simulator/timeline.ts";
import { randomScenario } from "./scenarios.ts";

const RUNS = { numRuns: 150 };

async function lived(scenario: Scenario): Promise<Simulation & { lines: TimelineLine[] }> {
  const checked = checkScenario(scenario);
  if ("problems" in checked) throw new Error(JSON.stringify(checked.problems));
  const lines: TimelineLine[] = [];
  const result = await simulate(checked.value, (line) => lines.push(line));
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return { ...result, lines };
}

const always = (name: string, holds: (life: Simulation & { lines: TimelineLine[] }) => void) =>
  test(name, () =>
    fc.assert(
      fc.asyncProperty(randomScenario, async (scenario) => holds(await lived(scenario))),
      RUNS,
    ),
  );

always("an enrollment ends, or waits for something that is still to come", ({ store }) => {
  for (const { enrollments } of store.all())
    for (const { status, position } of enrollments.values()) {
      if (status === "active") expect(position.waiting).toBeDefined();
      expect(status === "active" || position.waiting === undefined).toBe(true);
    }
});

always("nobody fails for a reason that the check could have seen", ({ store }) => {
  for (const { enrollments } of store.all())
    for (const { status, reason } of enrollments.values()) if (status === "failed") expect(reason).toBe("endless-loop");
});

always("after an enrollment has ended, nothing but goals comes", ({ lines }) => {
  const ended = new Set<string>();
  for (const line of lines) {
    if (!("enrollmentId" in line)) continue;
    if (ended.has(line.enrollmentId)) expect(line.kind).toBe("goal");
    if (line.kind === "completed" || line.kind === "exited" || line.kind === "failed") ended.add(line.enrollmentId);
  }
});

always("every component is taken once per visit", ({ store }) => {
  for (const { enrollments } of store.all())
    for (const { steps, position, messages } of enrollments.values()) {
      expect(steps.length).toBeLessThanOrEqual(position.visit + 1);
      expect(new Set(messages.map(({ messageId }) => messageId)).size).toBe(messages.length);
    }
});

always("an event enters a journey at most once, and goals are counted at most once", ({ lines, summary }) => {
  const entered = lines
    .filter(({ kind }) => kind === "entered")
    .map((line) => "enrollmentId" in line && line.enrollmentId);
  expect(new Set(entered).size).toBe(entered.length);
  const goals = lines
    .filter((line) => line.kind === "goal")
    .map(({ enrollmentId, goalId }) => `${enrollmentId} ${goalId}`);
  expect(new Set(goals).size).toBe(goals.length);
  expect(Object.values(summary.goals).reduce((sum, count) => sum + count, 0)).toBe(goals.length);
});

always("the counters equal a recount of the logs, and what was erased", ({ store }) => {
  const recounted = new Map<string, Counts>();
  for (const { enrollments } of store.all())
    for (const enrollment of enrollments.values())
      recounted.set(enrollment.journeyId, addCounts(recounted.get(enrollment.journeyId) ?? {}, countsOf(enrollment)));
  for (const [journeyId, counts] of store.counts) {
    const erased = Object.entries(counts).flatMap(([name, count]) =>
      name.startsWith("erased.") ? [[name.slice(7), count] as const] : [],
    );
    const expected = addCounts(recounted.get(journeyId) ?? {}, Object.fromEntries(erased));
    const kept = Object.fromEntries(
      Object.entries(counts).filter(([name, count]) => !name.startsWith("erased.") && count !== 0),
    );
    expect(kept).toEqual(Object.fromEntries(Object.entries(expected).filter(([, count]) => count !== 0)));
  }
});

test("the same scenario gives the same timeline", () =>
  fc.assert(
    fc.asyncProperty(randomScenario, async (scenario) => {
      expect((await lived(scenario)).lines).toEqual((await lived(scenario)).lines);
    }),
    RUNS,
  ));
