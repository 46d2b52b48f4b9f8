/** The saved journeys and segments whose conditions name a segment. */
import { namedSegments } from "../../lambdas/domain/segments/named-segments.ts";
import type { Stack } from "../../stack/stack.ts";

export interface Uses {
  /** Ids of journeys. */
  readonly journeys: readonly string[];
  /** Ids of segments. */
  readonly segments: readonly string[];
}

export async function segmentUses(segmentId: string, stack: Pick<Stack, "journeys" | "segments">): Promise<Uses> {
  const naming = (documents: readonly { readonly id?: unknown }[]) =>
    documents.filter((document) => namedSegments(document).includes(segmentId)).map(({ id }) => String(id));
  const [journeys, segments] = await Promise.all([stack.journeys(), stack.segments()]);
  return { journeys: naming(journeys), segments: naming(segments) };
}
