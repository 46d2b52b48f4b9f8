/**
 * A rule on an event reads the customer as they were when the event was handled, its own changes included. So the
 * values that such rules read are stored with the event, and every later evaluation gives the same answer: on entry, in
 * a `waitFor` that is reached later, on redelivery. For a field that no rule read at that time, the present value
 * counts.
 */
import { type JsonObject, own } from "../values/json.ts";

/** The customer's values, by attribute. `null`: the customer did not have the attribute. */
export type CustomerSnapshot = JsonObject;

/** `view`: the customer as conditions see them. Nothing is stored if no rule reads the customer. */
export function snapshotOf(view: JsonObject, attributes: readonly string[]): CustomerSnapshot | undefined {
  if (attributes.length === 0) return undefined;
  return Object.fromEntries(attributes.map((name) => [name, own(view, name) ?? null]));
}

/** The customer as they were when the event was handled, as far as it was stored. */
export function asHandled(view: JsonObject, snapshot: CustomerSnapshot | undefined): JsonObject {
  if (!snapshot) return view;
  return Object.fromEntries(Object.entries({ ...view, ...snapshot }).filter(([, value]) => value !== null));
}
