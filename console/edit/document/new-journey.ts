/** A journey to begin with: an empty one, or an example under an id that is free. */
import type { Members } from "../../../lambdas/domain/documents/unchecked-document.ts";

export const emptyJourney: Members = {
  id: "new-journey",
  name: "New journey",
  status: "draft",
  trigger: { event: "" },
  start: "",
  components: {},
};

/** A copy is a draft: customers enter when its author publishes it. */
export function newJourney(example: Members | undefined, taken: ReadonlySet<string>): Members {
  const { $schema: _, ...document } = example ?? emptyJourney;
  const stem = String(document.id);
  let id = stem;
  for (let number = 2; taken.has(id); number++) id = `${stem}-${number}`;
  return { ...document, id, status: "draft" };
}
