/** Everything that the page needs to edit a journey, or to write a new one. */

import { contentOf } from "../../../insight/documents/document-text.ts";
import type { JsonObject } from "../../../lambdas/domain/values/json.ts";
import { settled } from "../../../stack/deployed/saving.ts";
import type { EditAnswer, ExampleJourney } from "../../api/edit.ts";
import { type Example, examples } from "../../engine/examples.ts";
import type { Place } from "../../place/place.ts";
import { NotFound } from "../answers/failures.ts";
import { namesIn } from "./names.ts";
import { savedOf } from "./saved.ts";

/** `id`: empty for a new journey. */
export async function editAnswer(id: string, { stack, playground }: Place): Promise<EditAnswer> {
  const stored = id === "" ? undefined : await settled(stack, id);
  if (id !== "" && !stored) throw new NotFound(`There is no journey "${id}".`);
  const [journeys, templates, segments] = await Promise.all([stack.journeys(), stack.templates(), stack.segments()]);
  const offered = (playground?.now.examples ?? examples()).flatMap(exampleOf);
  return {
    ...(stored && { saved: savedOf(stored) }),
    version: stored?.publication?.version ?? 0,
    templates: templates.map(contentOf),
    segments: segments.map(contentOf),
    journeys: journeys.map(({ id }) => id),
    names: namesIn(
      journeys,
      offered.map(({ scenario }) => scenario),
    ),
    examples: offered,
  };
}

/** An example with several journeys is offered under its first journey. */
function exampleOf({ name, scenario }: Example): ExampleJourney[] {
  const { journeys: [journey] = [], customers = [], events = [], statuses = [] } = scenario;
  if (!journey) return [];
  return [{ name, journey: contentOf(journey), scenario: { customers, events, statuses } as unknown as JsonObject }];
}
