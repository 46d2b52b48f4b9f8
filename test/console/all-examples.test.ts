/** The console as a newcomer starts it, with all examples: nothing is wrong, and each journey can be simulated. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { EditAnswer, JourneySimulated } from "../../console/api/edit.ts";
import type { JourneyRow } from "../../console/api/journeys.ts";
import { scenariosFor } from "../../console/edit/simulation/scenarios.ts";
import { draftOf, surroundingsOf } from "../../console/edit/text/draft.ts";
import { examples } from "../../console/engine/examples.ts";
import { embeddedPlace } from "../../console/place/embedded-place.ts";
import type { Finding } from "../../insight/health/finding.ts";
import { isError } from "../../lambdas/domain/documents/problem.ts";
import { journey as schema } from "../../lambdas/domain/journey/journey.ts";
import { answerOf, type Running, running } from "./running.ts";

let open: Running;
beforeAll(async () => {
  open = await running(await embeddedPlace(examples()));
});
afterAll(() => open.close());

test("every journey was published, and nothing is wrong", async () => {
  const { journeys } = await answerOf<{ journeys: JourneyRow[] }>(open, "/api/journeys");
  expect(journeys.filter(({ edit, problems }) => edit === "rejected" || problems > 0)).toEqual([]);
  const findings = await answerOf<Finding[]>(open, "/api/health");
  expect(findings.filter(({ state }) => state === "failing")).toEqual([]);
});

const ids = examples().flatMap(({ scenario }) => (scenario.journeys ?? []).map(({ id }) => String(id)));

test.each(ids)("%s has no problem in the editor", async (id) => {
  const answer = await answerOf<EditAnswer>(open, `/api/edit?id=${id}`);
  const { saved, templates, journeys, segments } = answer;
  const others = new Set(journeys.filter((each) => each !== id));
  const draft = draftOf(JSON.stringify(saved?.document), surroundingsOf(templates, id, others, segments));
  expect(draft.problems.filter(isError)).toEqual([]);
});

test.each(ids)("%s is simulated in the editor with each scenario that is offered", async (id) => {
  const { saved, examples: offered } = await answerOf<EditAnswer>(open, `/api/edit?id=${id}`);
  const document = saved?.document ?? {};
  const choices = scenariosFor(schema.parse(document), offered);
  expect(choices.length).toBeGreaterThan(0);
  for (const { scenario } of choices)
    expect(await answerOf<JourneySimulated>(open, "/api/journey-simulate", { document, scenario })).not.toHaveProperty(
      "error",
    );
});
