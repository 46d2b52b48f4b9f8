/** Finds a customer whom the trigger considers, with the event that lets them in or refuses them. */
import type { Condition } from "../conditions/condition.ts";
import { customerFields } from "../conditions/fields-read.ts";
import type { Customer } from "../customer/customer.ts";
import type { Example } from "../documents/example.ts";
import { decideEntry } from "../enrollment/decide-entry.ts";
import { keyOf } from "../enrollment/key.ts";
import type { Journey } from "../journey/journey.ts";
import { isByChange } from "../journey/starts.ts";
import type { NotEntered } from "../reasons/reason.ts";
import { plus } from "../time/time.ts";
import { type Json, type JsonObject, same } from "../values/json.ts";
import { namesIn } from "../values/path.ts";
import { EXAMPLE_CUSTOMER, EXAMPLE_START } from "./example.ts";
import { type ExampleValues, setAt, valuesOf } from "./example-values.ts";
import type { Facts } from "./facts.ts";

export interface EnteredExample {
  readonly example: Example;
  readonly customer: Customer;
  readonly event: JsonObject | undefined;
  readonly key: Json | undefined;
  /** The reason for the refusal; absent when the customer enters. */
  readonly refused?: NotEntered;
}

const WAITED_FOR = plus(EXAMPLE_START, "P10D");

/** `facts`: all that must hold on the customer and the event. `byHand`: the customer enters by a run that a person starts. */
export function enterExample(journey: Journey, facts: readonly Facts[], byHand: boolean): EnteredExample | undefined {
  const { trigger } = journey;
  const values = valuesOf(facts, trigger.key);
  if (!values) return undefined;
  for (const field of timesRead(journey)) giveTime(field, values);
  const isEmailFree = facts.some(({ known }) => known.has("customer.email"));
  const attributes: JsonObject = { ...(isEmailFree ? {} : { email: "example@mail.example" }), ...values.customer };
  const isRun = byHand || (trigger.event === undefined && !isByChange(trigger));
  const event = isRun || trigger.event === undefined ? undefined : values.event;
  const { key, unusableKey } = event ? keyOf(trigger.key, event) : {};
  const { tags, ...others } = attributes;
  const customer: Customer = {
    customerId: EXAMPLE_CUSTOMER,
    revision: 1,
    attributes: others,
    tags: Array.isArray(tags) ? (tags as string[]) : [],
    times: {},
    changedAt: EXAMPLE_START,
    hops: 0,
  };
  if (unusableKey) return undefined;
  const candidate = {
    now: EXAMPLE_START,
    customer,
    ...(event && { event }),
    key,
    hops: 0,
    ...(isRun && { byRun: true as const }),
  };
  const decision = decideEntry({ ...journey, status: "active" }, candidate, { customer, entry: undefined, inside: 0 });
  return {
    example: exampleOf(journey, attributes, event, isRun),
    customer,
    event,
    key,
    ...(decision.kind === "refused" && { refused: decision.reason }),
  };
}

function exampleOf(journey: Journey, attributes: JsonObject, event: JsonObject | undefined, isRun: boolean): Example {
  const { trigger } = journey;
  const nothing = { customers: [], events: [], statuses: [], splits: [], entries: [], until: EXAMPLE_START };
  const customers = [{ customerId: EXAMPLE_CUSTOMER, ...attributes }];
  const about = { at: EXAMPLE_START, id: "example-1", customerId: EXAMPLE_CUSTOMER };
  if (isRun)
    return {
      ...nothing,
      customers,
      entries: [{ at: EXAMPLE_START, journey: journey.id, customers: [EXAMPLE_CUSTOMER] }],
    };
  if (trigger.event === undefined) {
    const { before, change } = changing(trigger.where, attributes);
    return { ...nothing, customers: before, events: [{ ...about, event: "customer.updated", customer: change }] };
  }
  return { ...nothing, customers, events: [{ ...about, event: trigger.event, ...(event && { data: event }) }] };
}

/** A change of the customer by which one of the fields that the trigger names gets another value. */
function changing(where: Condition | undefined, attributes: JsonObject) {
  const names = where ? customerFields(where).map((field) => namesIn(field)[0] ?? "") : [];
  const isGiven = (name: string) => Object.hasOwn(attributes, name) && !(name === "tags" && same(attributes.tags, []));
  const [name] = names;
  if (name === undefined || names.some(isGiven)) return { before: [], change: attributes };
  const isTags = name === "tags";
  const before = { customerId: EXAMPLE_CUSTOMER, [name]: isTags ? ["before"] : "before" };
  return { before: [before], change: { ...attributes, [name]: isTags ? [] : null } };
}

/** The fields that waits read. A customer without a time in such a field would leave the journey. */
function timesRead({ components }: Journey): string[] {
  return Object.values(components).flatMap((component) =>
    component.type === "wait" && component.until && "field" in component.until ? [component.until.field] : [],
  );
}

function giveTime(field: string, values: ExampleValues): void {
  setAt(field.startsWith("customer") ? values.customer : values.event, namesIn(field), WAITED_FOR);
}
