/** The schema of a segment: a named condition on customers. `checks/check-segment.ts` checks everything beyond the shape. */
import * as z from "zod/mini";
import { type Condition, condition } from "../conditions/condition.ts";
import { members, valid } from "../documents/unchecked-document.ts";
import { id } from "../documents/vocabulary.ts";

export const SEGMENT = "segment";

export const segment = z
  .strictObject({
    $schema: z.optional(z.string()).check(z.describe("For editors")),
    id: id("The segment's id, its key in the table"),
    kind: z.literal(SEGMENT).check(z.describe("Tells a segment from a template")),
    name: z.string().check(z.minLength(1), z.maxLength(200), z.describe("The name for people")),
    description: z.optional(z.string().check(z.maxLength(2000))).check(z.describe("The purpose, for people")),
    where: condition.check(z.describe("The customers in the segment. It reads customer.* and counts events")),
    publication: z.optional(z.unknown()).check(z.describe("The outcome of the last save, written by the system")),
  })
  .check(
    z.meta({ id: "Segment", title: "Segment", description: "A named condition, which journeys and segments can use" }),
  );
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
