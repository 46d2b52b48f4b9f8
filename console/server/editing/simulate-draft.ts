/**
 * Runs a scenario with an edited journey and the templates of the stack, in the simulator. The simulation runs here and
 * not in the page: conditions are compiled to functions, which the content security policy of the page forbids.
 */

import { contentOf } from "../../../insight/documents/document-text.ts";
import { namedTemplates } from "../../../lambdas/domain/checks/check-references.ts";
import { usesOf } from "../../../lambdas/domain/messages/uses.ts";
import { namedSegments } from "../../../lambdas/domain/segments/named-segments.ts";
import { checkScenario } from "../../../simulator/scenario.ts";
import { simulate } from "../../../simulator/simulate.ts";
import type { TimelineLine } from "../../../simulator/timeline.ts";
import type { Stack } from "../../../stack/stack.ts";
import type { JourneySimulated, JourneySimulation } from "../../api/edit.ts";
import { WrongBody } from "../answers/failures.ts";

export async function simulateDraft(
  { document, scenario }: JourneySimulation,
  stack: Stack,
): Promise<JourneySimulated> {
  const documents = {
    journeys: [document],
    templates: await textsOf(document, stack),
    segments: await segmentsOf(document, stack),
  };
  const checked = checkScenario({ ...scenario, ...documents });
  if ("problems" in checked) throw new WrongBody(sentence(checked.problems));
  const lines: TimelineLine[] = [];
  const result = await simulate(checked.value, (line) => lines.push(withoutTexts(line)));
  if ("problems" in result) throw new WrongBody(sentence(result.problems));
  return { lines, warnings: result.warnings };
}

/** The templates that the journey sends, with layouts and partials if they use any: no other text may have problems. */
async function textsOf(document: unknown, stack: Stack): Promise<object[]> {
  const named = new Set(namedTemplates(document));
  const templates = (await stack.templates()).filter(({ id }) => named.has(String(id)));
  const shared = templates.some((each) => usesOf(each).length > 0) ? await stack.sharedTexts() : [];
  return [...templates, ...shared].map(contentOf);
}

/** The segments that the journey names, and the segments that these name. */
async function segmentsOf(document: unknown, stack: Stack): Promise<object[]> {
  const all = new Map((await stack.segments()).map((segment) => [String(segment.id), segment]));
  const named = new Set(namedSegments(document));
  // A set that grows while it is walked is walked to its new end.
  for (const id of named) for (const other of namedSegments(all.get(id))) named.add(other);
  return [...all.values()].filter(({ id }) => named.has(String(id))).map(contentOf);
}

const sentence = (problems: readonly { readonly path: string; readonly message: string }[]) =>
  problems.map(({ path, message }) => `${path}: ${message}`).join(" ");

function withoutTexts(line: TimelineLine): TimelineLine {
  if (line.kind !== "message") return line;
  const { html: _, text: __, ...rest } = line;
  return rest;
}
