/** The schema of a condition. `evaluate.ts` evaluates conditions; `fields-read.ts` lists the data that they read. */
import * as z from "zod/mini";
import { DAY, duration, eventName, fieldPath, id, moment } from "../documents/vocabulary.ts";
import { statuses } from "../messages/message-status.ts";
import { pathValue } from "./path-value.ts";
import type { SegmentCondition } from "./segment-condition.ts";
import { isPathValue } from "./value-path.ts";

export const status = z.enum(statuses).check(z.describe("A status of a message"));

const object = z.record(z.string(), z.json()).check(
  z.refine((value) => !isPathValue(value), {
    error: 'A list has values and no paths. Compare with one path: "operator": "equals", several of them in "any".',
    params: { code: "bad-path" },
  }),
);
const literal = z.union([z.string(), z.number(), z.boolean(), z.array(z.json()), object]);
/** One value, or the path of one. */
const value = (description: string) =>
  z.union([z.string(), z.number(), z.boolean(), pathValue, z.array(z.json()), object]).check(z.describe(description));
const orPath = <Value extends z.core.$ZodType>(value: Value, description: string) =>
  z.union([value, pathValue]).check(z.describe(description));
const range = z.union([z.tuple([z.number(), z.number()]), z.tuple([moment, moment])]);
const span = duration(0, 36_500 * DAY, "A time before or after now");

function field<const Names extends readonly [string, ...string[]], Value extends z.core.$ZodType>(
  names: Names,
  value: Value,
) {
  return z.strictObject({
    field: fieldPath("The path of the field to compare"),
    operator: z.enum(names).check(z.describe("How to compare the field with the value")),
    value,
  });
}

export const fieldCondition = z
  .discriminatedUnion("operator", [
    field(
      ["equals", "notEquals"],
      value('The value to compare with, or { "path": "enrollment.event.sku" }. Types are never converted'),
    ),
    field(
      ["oneOf", "notOneOf"],
      z.array(literal).check(z.minLength(1), z.maxLength(100), z.describe("A list of values")),
    ),
    field(
      ["greaterThan", "greaterThanOrEquals", "lessThan", "lessThanOrEquals"],
      orPath(z.number(), 'A number, or { "path": … }'),
    ),
    field(["between"], range.check(z.describe("The lower and the upper limit, both included"))),
    field(["contains", "notContains"], value('A part of the text, or an item of the list, or { "path": … }')),
    field(["startsWith", "endsWith"], orPath(z.string(), 'A text, or { "path": … }')),
    field(["before", "after"], orPath(moment, 'A time, such as 2026-11-23T10:00:00Z, or { "path": … }')),
    field(["withinLast", "olderThan", "withinNext"], span),
    z.strictObject({
      field: fieldPath("The path of the field"),
      operator: z
        .enum(["exists", "notExists", "inPast", "inFuture"])
        .check(z.describe("A test of the field that needs no value")),
    }),
  ])
  .check(
    z.meta({ id: "FieldCondition", description: "Compares a field of the event, the customer or the enrollment" }),
  );
export type FieldCondition = z.infer<typeof fieldCondition>;

export const eventCondition = z
  .strictObject({
    event: eventName("The name of the events to count"),
    count: z
      .strictObject({
        operator: z
          .enum(["equals", "notEquals", "greaterThan", "greaterThanOrEquals", "lessThan", "lessThanOrEquals"])
          .check(z.describe("How to compare the number of events")),
        value: z.int().check(z.gte(0), z.lte(10_000), z.describe("A number of events")),
      })
      .check(z.describe("How many events the customer has. The event that is being handled counts too")),
    within: duration(1000, 365 * DAY, "The time before now in which events count"),
  })
  .check(z.meta({ id: "EventCondition", description: "Counts recent events of the customer" }));
export type EventCondition = z.infer<typeof eventCondition>;

export const messageCondition = z
  .strictObject({ message: id("The id of a sendTemplate component"), status })
  .check(z.meta({ id: "MessageCondition", description: "The message of this component has reached this status" }));
export type MessageCondition = z.infer<typeof messageCondition>;

const segmentCondition: z.ZodMiniType<SegmentCondition> = z
  .strictObject({ segment: id("The id of a segment") })
  .check(z.meta({ id: "SegmentCondition", description: "The customer is in this segment" }));

/** These schemas are registered and not described by `check`, which would read the getter before `condition` exists. */
const all = z
  .strictObject({
    get all() {
      return z.array(condition).check(z.minLength(1), z.describe("True when all of these conditions are true"));
    },
  })
  .register(z.globalRegistry, { id: "AllCondition" });
const any = z
  .strictObject({
    get any() {
      return z.array(condition).check(z.minLength(1), z.describe("True when at least one of these conditions is true"));
    },
  })
  .register(z.globalRegistry, { id: "AnyCondition" });
const not = z
  .strictObject({
    get not() {
      return condition.check(z.describe("True when this condition is false"));
    },
  })
  .register(z.globalRegistry, { id: "NotCondition" });

export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | FieldCondition
  | EventCondition
  | MessageCondition
  | SegmentCondition;

/** Registered too: after a `check`, a copy with another description would have the same id, which JSON Schema refuses. */
export const condition: z.ZodMiniType<Condition> = z
  .union([all, any, not, fieldCondition, eventCondition, messageCondition, segmentCondition])
  .register(z.globalRegistry, { id: "Condition", description: "A condition" });
