/**
 * Partials that wait only for each other: none of them can become live first, so the outcome of each names the others. A
 * mark may be of an earlier save, so only what a document uses now counts.
 */
import { missingTexts } from "../../domain/checks/check-shared.ts";
import type { SavedTemplate } from "../publication.ts";
import type { WaitingTexts } from "../waiting-texts.ts";

/**
 * The partials of a cycle: each contains the next, the last one is `save`, and `save` contains the first. `missing`: what
 * `save` waits for.
 */
export async function waitingCycle(
  save: SavedTemplate,
  missing: readonly string[],
  waiting: Pick<WaitingTexts, "of">,
): Promise<readonly SavedTemplate[]> {
  const chains: [SavedTemplate, ...SavedTemplate[]][] = [[save]];
  const seen = new Set<string>();
  for (const chain of chains) {
    const inner = idOf(chain[0]);
    for (const outer of await waiting.of(inner)) {
      const id = idOf(outer);
      if (seen.has(id) || !missingTexts(outer.document, {}).includes(inner)) continue;
      if (missing.includes(id)) return [outer, ...chain];
      seen.add(id);
      chains.push([outer, ...chain]);
    }
  }
  return [];
}

export const idOf = ({ document }: SavedTemplate) => String(document.id);
