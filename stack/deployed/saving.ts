/**
 * Saves documents. A save never overwrites an edit that another person has made since the document was read, and it
 * waits for the outcome that the stack reports. Each save removes the outcome of the save before, so an outcome that
 * is present belongs to the last save.
 */
import { contentOf } from "../../insight/documents/document-text.ts";
import { ConflictError } from "../../lambdas/app/errors.ts";
import type { Publication, TemplatePublication } from "../../lambdas/app/publication.ts";
import { isError, type Problem } from "../../lambdas/domain/documents/problem.ts";
import { type Json, same } from "../../lambdas/domain/values/json.ts";
import type { Item, Stack, StoredJourney } from "../stack.ts";
import { WaitedInVain } from "./until.ts";

export interface Outcome {
  /** `conflict`, `unanswered`: the problem says what happened. */
  readonly state: Publication["state"] | "unchanged" | "conflict" | "unanswered";
  /** The live version of a journey; 0: none yet. */
  readonly version?: number;
  readonly problems: readonly Problem[];
}

export async function saveJourney(stack: Stack, document: Item): Promise<Outcome> {
  return saveOver(stack, document, await settled(stack, String(document.id)));
}

/** Saves a journey in place of `before`, which the caller has read. */
export async function saveOver(stack: Stack, document: Item, before: StoredJourney | undefined): Promise<Outcome> {
  const isLive = before?.publication !== undefined && before.publication.state !== "rejected";
  if (isLive && sameContent(before, document))
    return { state: "unchanged", version: before.publication.version, problems: [] };
  return answered(async () => {
    await stack.replaceJourney(contentOf(document), before);
    return stack.outcome(String(document.id));
  });
}

/** Changes only the status of the saved document. */
export async function saveStatus(stack: Stack, before: StoredJourney, status: string): Promise<Outcome> {
  return answered(async () => {
    await stack.replaceStatus(before, status);
    return stack.outcome(before.id);
  });
}

export async function saveTemplate(stack: Stack, document: Item): Promise<Outcome> {
  const before = await stack.template(String(document.id));
  const isLive = before !== undefined && outcomeOf(before)?.state !== "rejected";
  if (isLive && sameContent(before, document)) return { state: "unchanged", problems: [] };
  return replaceTemplate(stack, document, before);
}

/** Saves a template unchanged, so that the stack publishes it again. */
export function saveTemplateAgain(stack: Stack, saved: Item): Promise<Outcome> {
  return replaceTemplate(stack, saved, saved);
}

function replaceTemplate(stack: Stack, document: Item, before: Item | undefined): Promise<Outcome> {
  return answered(async () => {
    await stack.replaceTemplate(contentOf(document), before);
    return stack.templateOutcome(String(document.id));
  });
}

/** The outcome of the last save; `undefined` for a template that was saved before templates had outcomes. */
export function outcomeOf(template: Item): TemplatePublication | undefined {
  return template.publication as TemplatePublication | undefined;
}

/** The saved document, after the stack has reported the outcome of the last save. */
export async function settled(stack: Stack, id: string): Promise<StoredJourney | undefined> {
  const found = await stack.journey(id);
  if (!found || found.publication) return found;
  await stack.outcome(id, PATIENCE_SECONDS).catch(unlessInVain);
  return stack.journey(id);
}

const PATIENCE_SECONDS = 10;

/** Whether two items are the same document. Attributes that the system writes do not matter. */
export function sameContent(a: Item, b: Item): boolean {
  return same(contentOf(a) as Json, contentOf(b) as Json);
}

async function answered(save: () => Promise<Outcome>): Promise<Outcome> {
  try {
    const { state, version, problems }: Outcome = await save();
    // The commands show the warnings of the files, which have places.
    return { state, ...(version !== undefined && { version }), problems: problems.filter(isError) };
  } catch (error) {
    const refusal = refusals[(error as Error).name];
    if (!refusal) throw error;
    return refusal;
  }
}

const refusal = (state: Outcome["state"], code: string, message: string): Outcome => ({
  state,
  problems: [{ path: "", code, message }],
});

const refusals: Partial<Record<string, Outcome>> = {
  [ConflictError.name]: refusal(
    "conflict",
    "edited-meanwhile",
    "Another person has just saved this document; their edit is unchanged. Compare with journeys diff, then try again.",
  ),
  [WaitedInVain.name]: refusal(
    "unanswered",
    "no-outcome",
    "It is saved, but the stack has not reported an outcome. Run journeys show in a minute; if there is still no outcome, read the log of journey-publisher.",
  ),
};

function unlessInVain(error: Error): void {
  if (!(error instanceof WaitedInVain)) throw error;
}
