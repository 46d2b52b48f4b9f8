/** Notes for journeys of a scenario that stay drafts: no customer enters one, and a draft leaves no reason. */
import { members } from "../../lambdas/domain/documents/unchecked-document.ts";
import type { Scenario } from "../../simulator/scenario.ts";

export function draftJourneys({ journeys = [], edits = [] }: Scenario): string[] {
  const documents = [...journeys, ...edits.map(({ journey }) => journey)].map((document) => members(document));
  const isDraft = ({ status = "draft" }: (typeof documents)[number]) => status === "draft";
  const live = new Set(documents.filter((document) => !isDraft(document)).map(({ id }) => id));
  const drafts = documents.filter((document) => isDraft(document) && typeof document.id === "string");
  const ids = new Set(drafts.map(({ id }) => String(id)).filter((id) => !live.has(id)));
  return [...ids].map((id) => `The journey "${id}" is a draft: no customer enters it. Set its status to "active".`);
}
