/**
 * Runs a scenario with an edited journey and the templates of the stack, in the simulator. The simulation runs here and
 * not in the page: conditions are compiled to functions, which the content security policy of the page forbids.
 */

import { contentOf } from "../../../insight/documents/document-text.ts";
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
  const templates = (await stack.templates()).map(contentOf);
  const checked = checkScenario({ ...scenario, journeys: [document], templates });
  if ("problems" in checked) throw new WrongBody(sentence(checked.problems));
  const lines: TimelineLine[] = [];
  const result = await simulate(checked.value, (line) => lines.push(withoutTexts(line)));
  if ("problems" in result) throw new WrongBody(sentence(result.problems));
  return { lines, warnings: result.warnings };
}

const sentence = (problems: readonly { readonly path: string; readonly message: string }[]) =>
  problems.map(({ path, message }) => `${path}: ${message}`).join(" ");

function withoutTexts(line: TimelineLine): TimelineLine {
  if (line.kind !== "message") return line;
  const { html: _, text: __, ...rest } = line;
  return rest;
}
