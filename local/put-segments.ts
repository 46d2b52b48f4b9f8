/**
 * Saves segments in a stack. A segment is saved after the segments that it names, because the stack refuses it until
 * they are live.
 */

import { namedSegments } from "../lambdas/domain/segments/named-segments.ts";
import type { DeployedStack, Item } from "../stack/deployed/stack.ts";

type Documents = readonly Readonly<Record<string, unknown>>[];

export async function putSegments(segments: Documents, stack: DeployedStack): Promise<void> {
  for (const segment of inOrder(segments)) {
    await stack.put("TemplatesTableName", segment as Item);
    const { state, problems } = await stack.templateOutcome(String(segment.id));
    if (state === "rejected") throw new Error(`${segment.id} was rejected: ${JSON.stringify(problems)}`);
  }
}

function inOrder(segments: Documents): Documents {
  const sorted = new Set<Documents[number]>();
  const add = (segment: Documents[number], above: readonly unknown[]) => {
    const named = namedSegments(segment);
    for (const each of segments)
      if (named.includes(String(each.id)) && !above.includes(each)) add(each, [...above, each]);
    sorted.add(segment);
  };
  for (const segment of segments) add(segment, [segment]);
  return [...sorted];
}
