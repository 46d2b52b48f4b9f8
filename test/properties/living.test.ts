/** What must be true of every journey and every scenario. A failing one shrinks, and prints its seed. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { addCounts, type Counts, countsOf } from "../../lambdas/domain/counts.ts";
import { checkScenario, type Scenario } from "../../simulator/scenario.ts";
import { type Simulation, simulate } from "../../simulator/simulate.ts";
import type { TimelineLine } from "../../simulator/timeline.ts";
import { kinds } from "./journeys.ts";
import { randomScenario, UNTIL } from "./scenarios.ts";

const RUNS = { numRuns: 150 };

async function lived(scenario: Scenario): Promise<Simulation & { lines: TimelineLine[] }> {
  const checked = checkScenario(scenario);
  if ("problems" in checked) throw new Error(JSON.stringify(checked.problems));
  const lines: TimelineLine[] = [];
  const result = await simulate(checked.value, (line) => lines.push(line));
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return { ...result, lines };
}

/** What must hold of every life; each throws when it does not. */
const laws: [name: string, holds: (life: Simulation & { lines: TimelineLine[] }) => void][] = [];
const always = (...law: (typeof laws)[number]) => laws.push(law);

always("an enrollment ends, or waits for something that is still to come", ({ store }) => {
  for (const { enrollments } of store.all())
    for (const { status, position } of enrollments.values())
      if (status === "active") expect((position.waiting?.until ?? "") > UNTIL, JSON.stringify(position)).toBe(true);
      else expect(position.waiting).toBeUndefined();
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

always("every component is taken once per visit, and sends once at most", ({ store, lines }) => {
  for (const { enrollments } of store.all())
    for (const { enrollmentId, status, steps, position, messages } of enrollments.values()) {
      expect([position.visit, position.visit + 1]).toContain(steps.length);
      expect(steps.filter(({ outcome }) => outcome === "waiting")).toHaveLength(status === "active" ? 1 : 0);
      expect(messages).toHaveLength(steps.filter(({ type }) => type === "sendTemplate").length);
      expect(new Set(messages.map(({ messageId }) => messageId)).size).toBe(messages.length);
      const sent = lines.filter((line) => line.kind === "message" && line.enrollmentId === enrollmentId);
      expect(sent).toHaveLength(messages.filter(({ state }) => state === "sent").length);
    }
});

always("an enrollment enters once, and before anything else", ({ lines }) => {
  const entered = new Set<string>();
  for (const line of lines) {
    if (!("enrollmentId" in line)) continue;
    expect(entered.has(line.enrollmentId)).toBe(line.kind !== "entered");
    entered.add(line.enrollmentId);
  }
});

always("lines come in order of time", ({ lines }) => {
  const times = lines.map(({ at }) => at);
  expect(times).toEqual(times.toSorted());
});

always("the erased leave nothing of what was before", ({ store }) => {
  for (const { customer, enrollments, events } of store.all()) {
    const { deletedAt } = customer;
    if (deletedAt === undefined) continue;
    for (const { trigger } of enrollments.values()) expect(trigger.time > deletedAt).toBe(true);
    for (const { time } of events.values()) expect(time > deletedAt).toBe(true);
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

test("every scenario keeps the laws, and gives the same timeline twice", () =>
  fc.assert(
    fc.asyncProperty(randomScenario, async (scenario) => {
      const life = await lived(scenario);
      for (const [name, holds] of laws) lawful(name, () => holds(life));
      expect((await lived(scenario)).lines).toEqual(life.lines);
    }),
    RUNS,
  ));

function lawful(name: string, holds: () => void): void {
  try {
    holds();
  } catch (cause) {
    throw new Error(`It is not so that ${name}`, { cause });
  }
}

test("chance finds every kind of component, line and reason", async () => {
  const found = new Set<string>();
  await fc.assert(
    fc.asyncProperty(randomScenario, async (scenario) => {
      for (const line of (await lived(scenario)).lines)
        found.add(line.kind === "component" ? line.type : line.kind === "not-entered" ? line.reason : line.kind);
    }),
    { ...RUNS, seed: 1 },
  );
  const components = Object.keys(kinds);
  const lines = ["entered", "message", "goal", "exited", "completed"];
  const reasons = ["where-false", "audience-false", "not-active", "entry-limit", "exit-holds", "duplicate-event"];
  expect([...found]).toEqual(expect.arrayContaining([...components, ...lines, ...reasons]));
});
