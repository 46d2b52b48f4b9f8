/** The schema of a segment: a named condition on customers. `checks/check-segment.ts` checks everything beyond the shape. */
import * as z from "zod";
import { type Condition, condition } from "../conditions/condition.ts";
import { members, valid } from "../documents/unchecked-document.ts";
import { id } from "../documents/vocabulary.ts";

export const SEGMENT = "segment";

export const segment = z
  .strictObject({
    $schema: z.string().optional().meta({ description: "For editors" }),
    id: id("The segment's id, its key in the table"),
    kind: z.literal(SEGMENT).meta({ description: "Tells a segment from a template" }),
    name: z.string().min(1).max(200).meta({ description: "The name for people" }),
    description: z.string().max(2000).optional().meta({ description: "The purpose, for people" }),
    where: condition.meta({ description: "The customers in the segment. It reads customer.* and counts events" }),
    publication: z.unknown().optional().meta({ description: "The outcome of the last save, written by the system" }),
  })
  .meta({ id: "Segment", title: "Segment", description: "A named condition, which journeys and segments can use" });
export type Segment = z.infer<typeof segment>;

/** The conditions of the segments among these documents, by id. A document without a readable condition is left out. */
export function segmentsAmong(documents: readonly unknown[]): Map<string, Condition> {
  return new Map(
    documents.flatMap((document) => {
      const { id, where } = members(document);
      const read = where === undefined ? undefined : valid(condition, where);
      return read ? [[String(id), read] as const] : [];
    }),
  );
}
