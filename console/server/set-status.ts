/** Pauses, holds or resumes a journey, as the commands do. A stop is not offered: customers who exit do not return. */

import { appliedAlone } from "../../lambdas/domain/journey/journey.ts";
import { saveStatus, settled } from "../../stack/deployed/saving.ts";
import { statusAfter } from "../../stack/journeys/status-after.ts";
import type { Stack } from "../../stack/stack.ts";
import type { Done } from "../api/api.ts";
import type { JourneyStatusAction } from "../api/journeys.ts";
import { NotFound } from "./answers/failures.ts";

export async function setStatus({ id, verb }: JourneyStatusAction, stack: Stack): Promise<Done> {
  const before = await settled(stack, id);
  if (!before) throw new NotFound(`There is no journey "${id}".`);
  const status = await statusAfter(verb, id, stack);
  if (before.status === status && before.publication?.state !== "rejected") return { problems: [] };
  const { state, version = 0, problems } = await saveStatus(stack, before, status);
  // The status takes effect by itself, even where the rest of the document is rejected.
  const applies = state === "rejected" && appliedAlone.includes(status) && version > 0;
  return { problems: applies ? [] : problems };
}
