/** What a condition may say (the schema). How it is judged is in `holds.ts`, what it needs to know in `reads.ts`. */
import * as z from "zod";
import { DAY, duration, eventName, fieldPath, id, moment } from "../documents/vocabulary.ts";
import { statuses } from "../messages/message-status.ts";

export const status = z.enum(statuses).meta({ description: "How far a message came" });

const literal = z.union([z.string(), z.number(), z.boolean(), z.array(z.json()), z.record(z.string(), z.json())]);
const range = z.union([z.tuple([z.number(), z.number()]), z.tuple([moment, moment])]);
const span = duration(0, 36_500 * DAY, "How long before or after now");

function field<const Names extends readonly [string, ...string[]], Value extends z.core.$ZodType>(
  names: Names,
  value: Value,
) {
  return z.strictObject({
    field: fieldPath("What is compared"),
    operator: z.enum(names).meta({ description: "How the field is compared with the value" }),
    value,
  });
}

export const fieldCondition = z
  .discriminatedUnion("operator", [
    field(["equals", "notEquals"], literal.meta({ description: "The value compared with; types never coerce" })),
    field(
      ["oneOf", "notOneOf"],
      z.array(literal).min(1).max(100).meta({ description: "The values, one of which it is" }),
    ),
    field(
      ["greaterThan", "greaterThanOrEquals", "lessThan", "lessThanOrEquals"],
      z.number().meta({ description: "A number" }),
    ),
    field(["between"], range.meta({ description: "The least and the most, both included" })),
    field(["contains", "notContains"], literal.meta({ description: "A text within the text, or an item of the list" })),
    field(["startsWith", "endsWith"], z.string().meta({ description: "A text" })),
    field(["before", "after"], moment),
    field(["withinLast", "olderThan", "withinNext"], span),
    z.strictObject({
      field: fieldPath("What is looked at"),
      operator: z
        .enum(["exists", "notExists", "inPast", "inFuture"])
        .meta({ description: "What holds of the field; needs no value" }),
    }),
  ])
  .meta({ id: "FieldCondition", description: "A field of the event, the customer or the enrollment, compared" });
export type FieldCondition = z.infer<typeof fieldCondition>;

export const eventCondition = z
  .strictObject({
    event: eventName("The name of the events that are counted"),
    count: z
      .strictObject({
        operator: z
          .enum(["equals", "notEquals", "greaterThan", "greaterThanOrEquals", "lessThan", "lessThanOrEquals"])
          .meta({ description: "How the number of events is compared" }),
        value: z.int().min(0).max(10_000).meta({ description: "A number of events" }),
      })
      .meta({ description: "How often the customer did it, the event being handled included" }),
    within: duration(1000, 365 * DAY, "Counted from now backwards"),
  })
  .meta({ id: "EventCondition", description: "How often the customer did something lately" });
export type EventCondition = z.infer<typeof eventCondition>;

export const messageCondition = z
  .strictObject({ message: id("The id of a sendTemplate component"), status })
  .meta({ id: "MessageCondition", description: "A message of this enrollment has this status" });
export type MessageCondition = z.infer<typeof messageCondition>;

const all = z
  .strictObject({
    get all() {
      return z.array(condition).min(1).meta({ description: "Holds when every one of these holds" });
    },
  })
  .meta({ id: "AllCondition" });
const any = z
  .strictObject({
    get any() {
      return z.array(condition).min(1).meta({ description: "Holds when at least one of these holds" });
    },
  })
  .meta({ id: "AnyCondition" });
const not = z
  .strictObject({
    get not() {
      return condition.meta({ description: "Holds when this does not" });
    },
  })
  .meta({ id: "NotCondition" });

export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | FieldCondition
  | EventCondition
  | MessageCondition;

export const condition: z.ZodType<Condition> = z
  .union([all, any, not, fieldCondition, eventCondition, messageCondition])
  .meta({ id: "Condition", description: "What must hold" });
