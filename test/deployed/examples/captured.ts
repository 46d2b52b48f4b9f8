/**
 * Captures passages that happened on the deployed stack, with the command line. All written tests must pass with
 * `journeys test`. The search for personal values starts from the scenario and the tables, so it shares no code with
 * the search that the command itself makes.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Enrollment } from "../../../lambdas/domain/enrollment/enrollment.ts";
import { channels } from "../../../lambdas/domain/messages/channel.ts";
import type { Scenario } from "../../../simulator/scenario.ts";
import type { Running } from "../running.ts";
import { customersOf } from "./customers.ts";

/** Captures one passage of each course that a customer of the scenario has taken to its end. */
export async function captureEach(
  scenario: Scenario,
  run: Running,
  folder: string,
): Promise<{ captured: string[]; wrong: unknown[] }> {
  const enrollments = (await Promise.all(customersOf(scenario).map((id) => run.stack.enrollments(id)))).flat();
  const courses = Map.groupBy(
    enrollments.filter(({ status }) => status !== "active"),
    ({ journeyId, status, reason, steps }) =>
      [journeyId, ...steps.map(({ componentId, outcome }) => `${componentId} ${outcome}`), status, reason].join(", "),
  );
  const wrong: unknown[] = [];
  for (const [course, [passage]] of courses) {
    const found = passage ? await wrongWith(passage, scenario, run, folder) : [];
    if (found.length > 0) wrong.push({ course, customerId: passage?.customerId, found });
  }
  const tested = await run.journeys("test", folder, "--json");
  const passed = JSON.parse(tested.out).tests.filter(({ ok }: { ok: boolean }) => ok);
  if (passed.length !== courses.size) wrong.push(tested);
  return { captured: [...courses.keys()], wrong };
}

async function wrongWith(passage: Enrollment, scenario: Scenario, run: Running, folder: string): Promise<unknown[]> {
  const { customerId, journeyId, enrollmentId } = passage;
  const file = join(folder, `${enrollmentId}.test.json`);
  const made = await run.journeys("capture", customerId, journeyId, "--enrollment", enrollmentId, "--output", file);
  return made.exitCode === 0 ? personalIn(readFileSync(file, "utf8"), passage, scenario) : [made];
}

type Leaf = string | number;

/** The customer's values, ids and times that the file still has, outside the documents of the journey. */
function personalIn(text: string, { customerId, enrollmentId, messages, key }: Enrollment, scenario: Scenario): Leaf[] {
  const { journeys: _, templates: __, segments: ___, edits = [], expect = [], ...rest } = JSON.parse(text);
  const written = [
    rest,
    edits.map(({ at }: { at: string }) => at),
    // `enrollment` is the number of the enrollment among several enrollments of a customer, and no personal value.
    expect.map(({ enrollment: _, ...each }: Record<string, unknown>) => each),
  ];
  const of = (all: readonly { readonly customerId?: unknown }[] = []) =>
    all.filter((each) => each.customerId === customerId);
  const events = of(scenario.events).map(({ event: _, ...each }: Record<string, unknown>) => each);
  const statuses = of(scenario.statuses).map(({ at }: Record<string, unknown>) => at);
  const ids = messages.map(({ messageId, address }) => [messageId, address]);
  const ofJourney = new Set(leavesIn([scenario.journeys, scenario.segments, channels]));
  const personal = leavesIn([of(scenario.customers), events, statuses, enrollmentId, key, ids]);
  const left = leavesIn(written);
  const inside = left.join("\n");
  return [...new Set(personal)].filter(
    (value) =>
      !ofJourney.has(value) && (left.includes(value) || (String(value).length > 4 && inside.includes(String(value)))),
  );
}

function leavesIn(value: unknown): Leaf[] {
  if (typeof value === "string" || typeof value === "number") return value === "" ? [] : [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leavesIn) : [];
}
