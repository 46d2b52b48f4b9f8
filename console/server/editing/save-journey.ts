/**
 * Saves a journey that a person has edited, unless another person has saved it meanwhile. A document with errors is
 * only saved where no version is live: in that case the document is a draft that its author finishes later.
 */

import { checkJourney } from "../../../lambdas/domain/checks/check-journey.ts";
import { classesOf } from "../../../lambdas/domain/checks/check-limits.ts";
import { channelsOf } from "../../../lambdas/domain/checks/check-statuses.ts";
import { variablesOf } from "../../../lambdas/domain/checks/check-variables.ts";
import type { Problem } from "../../../lambdas/domain/documents/problem.ts";
import { saveOver, settled } from "../../../stack/deployed/saving.ts";
import type { Stack } from "../../../stack/stack.ts";
import type { JourneySave, JourneySaved } from "../../api/edit.ts";
import { WrongBody } from "../answers/failures.ts";
import { baseOf, savedOf } from "./saved.ts";

export async function saveEdited({ document, base }: JourneySave, stack: Stack): Promise<JourneySaved> {
  const { id } = document;
  if (typeof id !== "string" || id === "") throw new WrongBody("The journey has no id. It is stored under its id.");
  const before = await settled(stack, id);
  const version = before?.publication?.version ?? 0;
  if ((before && baseOf(before)) !== base) return conflict(id, stack);
  const problems = await errorsIn(document, stack);
  if (version > 0 && problems.length > 0) return { state: "refused", version, problems };
  const { state, ...outcome } = await saveOver(stack, document, before);
  if (state === "conflict") return conflict(id, stack);
  const stored = await stack.journey(id);
  return { state, version, ...outcome, ...(stored && { saved: savedOf(stored) }) };
}

async function conflict(id: string, stack: Stack): Promise<JourneySaved> {
  const stored = await stack.journey(id);
  const version = stored?.publication?.version ?? 0;
  return { state: "conflict", version, problems: [], ...(stored && { saved: savedOf(stored) }) };
}

async function errorsIn(document: unknown, stack: Stack): Promise<readonly Problem[]> {
  const templates = await stack.templates();
  const checked = checkJourney(document, classesOf(templates), variablesOf(templates), channelsOf(templates));
  return "problems" in checked ? checked.problems : [];
}
