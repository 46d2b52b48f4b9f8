/** The journeys of a stack, each with its state and its counts. */

import type { Counts } from "../../lambdas/domain/counters/counts.ts";
import { isError } from "../../lambdas/domain/documents/problem.ts";
import { members, valid } from "../../lambdas/domain/documents/unchecked-document.ts";
import { type Goal, journey } from "../../lambdas/domain/journey/journey.ts";
import type { Stack } from "../stack.ts";

export interface Listed {
  readonly journeyId: string;
  readonly name: string;
  /** The status of the live version; `draft` when no version was ever live. */
  readonly status: string;
  /** The live version; 0: none yet. */
  readonly version: number;
  /** Whether its circuit breaker is open. */
  readonly "breaker-open": boolean;
  readonly inside: number;
  readonly entered: number;
  /** The outcome of the last edit; `pending` until the stack has answered, `deleted` when the document was deleted. */
  readonly edit: "published" | "draft" | "rejected" | "pending" | "deleted";
  /** The number of problems of the last edit. */
  readonly problems: number;
}

export interface Counted extends Listed {
  readonly counts: Counts;
  /** The goals of the saved document; empty when they have problems. */
  readonly goals: readonly Goal[];
}

const goals = journey.shape.goals;

export async function listed(stack: Stack): Promise<Counted[]> {
  const [saved, pointers] = await Promise.all([stack.journeys(), stack.pointers()]);
  const documents = new Map(saved.map((document) => [document.id, document]));
  const live = new Map(pointers.map((pointer) => [pointer.journeyId, pointer]));
  const ids = [...new Set([...documents.keys(), ...live.keys()])].sort();
  const overviews = await stack.overviews(ids);
  const rows: Counted[] = [];
  for (const id of ids) {
    const [document, pointer] = [documents.get(id), live.get(id)];
    const { counts = {}, held } = overviews.get(id) ?? {};
    rows.push({
      journeyId: id,
      name: String(pointer?.name ?? document?.name ?? ""),
      status: pointer?.status ?? "draft",
      version: pointer?.number ?? 0,
      "breaker-open": held !== undefined,
      inside: counts.active ?? 0,
      entered: counts.entered ?? 0,
      edit: document ? (document.publication?.state ?? "pending") : "deleted",
      problems: document?.publication?.problems.filter(isError).length ?? 0,
      counts,
      goals: valid(goals, members(document).goals) ?? [],
    });
  }
  return rows;
}
