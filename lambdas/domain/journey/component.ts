/**
 * The schemas of the components. A new type of component is one schema in `components` below. The compiler then names
 * each table that must handle it (`outlets.ts`, `advance.ts`, the picture).
 */
import * as z from "zod/mini";
import { condition, status } from "../conditions/condition.ts";
import { pathValue } from "../conditions/path-value.ts";
import { rule } from "../conditions/rule.ts";
import { isPathValue } from "../conditions/value-path.ts";
import {
  DAY,
  duration,
  eventName,
  fieldPath,
  id,
  MINUTE,
  next,
  tag,
  timeOfDay,
  timezone,
} from "../documents/vocabulary.ts";
import { weekdays } from "../time/next-time-of-day.ts";

/** `{ "path": … }` is never a literal, so a mistyped path is a problem and is not sent to a customer. */
const literal = z.json().check(
  z.refine((value) => !isPathValue(value), {
    error: 'A path must start with "event.", "customer." or "enrollment.event.", or be "enrollment.key".',
    params: { code: "bad-path" },
  }),
);

/** Values by name: literals, or paths that are read when the component runs. */
export const data = z.record(z.string().check(z.minLength(1), z.maxLength(128)), z.union([pathValue, literal])).check(
  z.meta({
    id: "Data",
    description: 'Literals, or { "path": "event.total" } to read a value when the component runs',
  }),
);
export type Data = z.infer<typeof data>;

const kind = <K extends string>(name: K) => z.literal(name).check(z.describe("The type of the component"));
/** For people: neither member changes what the component does. */
const labels = {
  name: z
    .optional(z.string().check(z.minLength(1), z.maxLength(200)))
    .check(z.describe("The name that people see instead of the id")),
  note: z.optional(z.string().check(z.maxLength(2000))).check(z.describe("A note for people who edit the journey")),
};
const within = (description: string) => duration(MINUTE, 365 * DAY, description);
const tags = z.array(tag).check(z.minLength(1), z.maxLength(20), z.describe("1–20 tags"));

const sendTemplate = z
  .strictObject({
    type: kind("sendTemplate"),
    ...labels,
    template: id("The id of the template"),
    data: z.optional(data),
    next,
  })
  .check(
    z.meta({ id: "SendTemplate", description: "Renders a template for the customer and sends it through its channel" }),
  );

const messageStatusRule = z
  .strictObject({
    type: kind("messageStatusRule"),
    ...labels,
    message: id("A sendTemplate component that lies on every path to here"),
    status,
    within: within("How long to wait for the status, from the moment the customer reaches this component"),
    met: next,
    notMet: next,
  })
  .check(
    z.meta({
      id: "MessageStatusRule",
      description: "Waits until a message reaches a status, or until the time is over",
    }),
  );

const addTag = z
  .strictObject({ type: kind("addTag"), ...labels, tags, next })
  .check(z.meta({ id: "AddTag", description: "Adds tags to the customer" }));

const removeTag = z
  .strictObject({ type: kind("removeTag"), ...labels, tags, next })
  .check(z.meta({ id: "RemoveTag", description: "Removes tags from the customer" }));

export const untilTime = z
  .strictObject({
    time: timeOfDay,
    weekdays: z
      .optional(z.array(z.enum(weekdays)).check(z.minLength(1), z.maxLength(7)))
      .check(z.describe("Only on these days")),
    timezone: z.optional(timezone).check(z.describe("An IANA zone; else the customer's, else the journey's, else UTC")),
  })
  .check(
    z.meta({
      id: "UntilTime",
      description: "The next moment with this time of day",
      examples: [{ time: "09:00" }],
    }),
  );

export const untilField = z
  .strictObject({
    field: fieldPath("A field that holds a time: RFC 3339, a date, or UNIX seconds or milliseconds"),
    offset: z.optional(duration(-3650 * DAY, 3650 * DAY, "Added to the field's time, such as -P3D")),
    ifPast: z.enum(["continue", "exit"]).check(z.describe("What to do when the moment is past")),
    ifMissing: z
      .optional(z.enum(["continue", "exit"]))
      .check(z.describe("What to do when the field is missing or holds no time; else exit")),
    time: z.optional(timeOfDay).check(z.describe("The time of day that a date without time means; else midnight")),
  })
  .check(z.meta({ id: "UntilField", description: "The time in a field" }));

const wait = z
  .strictObject({
    type: kind("wait"),
    ...labels,
    for: z.optional(within("How long to wait: 1 minute to 365 days")),
    until: z
      .optional(z.union([untilTime, untilField]))
      .check(z.describe("The moment at which the wait ends, instead of `for`")),
    next,
  })
  .check(
    z.meta({ id: "Wait", description: "Waits for a time or until a moment. Needs exactly one of `for` and `until`" }),
  );

const updateCustomer = z
  .strictObject({
    type: kind("updateCustomer"),
    ...labels,
    set: z.optional(data).check(z.describe('Attributes to set: literals, or { "path": … }')),
    unset: z
      .optional(z.array(z.string().check(z.minLength(1), z.maxLength(128))).check(z.minLength(1), z.maxLength(50)))
      .check(z.describe("Attributes to remove")),
    next,
  })
  .check(z.meta({ id: "UpdateCustomer", description: "Sets and removes attributes of the customer" }));

const conditionComponent = z
  .strictObject({
    type: kind("condition"),
    ...labels,
    branches: z
      .array(
        z
          .strictObject({ when: condition, next })
          .check(z.describe("A branch. The first one with a true condition is taken")),
      )
      .check(
        z.minLength(1),
        z.maxLength(20),
        z.meta({
          description: "The branches, evaluated in this order",
          examples: [[{ when: { field: "customer.plan", operator: "equals", value: "pro" }, next: "thank" }]],
        }),
      ),
    otherwise: next,
  })
  .check(z.meta({ id: "ConditionComponent", description: "Takes the first branch whose condition is true" }));

const split = z
  .strictObject({
    type: kind("split"),
    ...labels,
    branches: z
      .array(
        z
          .strictObject({
            percent: z.number().check(z.gt(0), z.lte(100), z.describe("The percentage of customers")),
            next,
          })
          .check(z.describe("A branch for this percentage of the customers")),
      )
      .check(
        z.minLength(2),
        z.maxLength(20),
        z.meta({
          description: "Branches whose percentages sum to 100",
          examples: [[{ percent: 50, next: "offer" }, { percent: 50 }]],
        }),
      ),
  })
  .check(
    z.meta({ id: "Split", description: "Divides customers by percentage. A customer always takes the same branch" }),
  );

const waitFor = z
  .strictObject({
    type: kind("waitFor"),
    ...labels,
    branches: z
      .array(z.extend(rule, { next }).check(z.describe("A branch that is taken as soon as its rule is met")))
      .check(
        z.minLength(1),
        z.maxLength(20),
        z.meta({
          description: "The rules to wait for",
          examples: [[{ id: "paid", event: "order.paid", next: "thank" }]],
        }),
      ),
    within: within("How long to wait, from the moment the customer reaches this component"),
    otherwise: next,
  })
  .check(z.meta({ id: "WaitFor", description: "Waits until one of several rules is met, or until the time is over" }));

const emitEvent = z
  .strictObject({
    type: kind("emitEvent"),
    ...labels,
    event: eventName("The name of the event"),
    data: z.optional(data),
    next,
  })
  .check(z.meta({ id: "EmitEvent", description: "Publishes an event about the customer on the bus" }));

export const components = [
  sendTemplate,
  messageStatusRule,
  addTag,
  removeTag,
  wait,
  updateCustomer,
  conditionComponent,
  split,
  waitFor,
  emitEvent,
] as const;

export const component = z.discriminatedUnion("type", components).check(z.meta({ id: "Component" }));

export type Component = z.infer<typeof component>;
export type ComponentType = Component["type"];
export type ComponentOf<T extends ComponentType> = Extract<Component, { type: T }>;
