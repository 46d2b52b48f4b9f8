/**
 * Fetches the event with which the customer entered, for rules that compare with `enrollment.event.*`. When no rule
 * reads the event, this function reads nothing.
 */
import { readsEnrollmentEvent } from "../domain/conditions/fields-read.ts";
import type { Versions } from "../domain/enrollment/activity.ts";
import { ruleConditions } from "../domain/enrollment/apply-activity.ts";
import type { Enrollment } from "../domain/enrollment/enrollment.ts";
import { storedId } from "../domain/values/event-identity.ts";
import type { JsonObject } from "../domain/values/json.ts";
import type { Ports } from "./ports.ts";

type EventPorts = Pick<Ports, "store">;

/** The versions with the event, if an exit rule, a goal or a branch of a `waitFor` reads it. */
export async function withEnrollmentEvent<V extends Versions>(
  versions: V,
  enrollment: Pick<Enrollment, "customerId" | "trigger">,
  ports: EventPorts,
): Promise<V & Pick<Versions, "enrollmentEvent">> {
  if (!readsEnrollmentEvent(ruleConditions(versions))) return versions;
  return { ...versions, enrollmentEvent: await triggerEvent(enrollment, ports) };
}

/** The data of the trigger event; `undefined` when a change of the customer was the trigger, or the event has expired. */
export async function triggerEvent(
  { customerId, trigger }: Pick<Enrollment, "customerId" | "trigger">,
  { store }: EventPorts,
): Promise<JsonObject | undefined> {
  const id = storedTriggerId(trigger);
  return id === undefined ? undefined : (await store.event(customerId, id))?.data;
}

/** The id under which the trigger event is stored; `undefined` when a change of the customer was the trigger. */
export function storedTriggerId({ eventId: id, name, sharesId }: Enrollment["trigger"]): string | undefined {
  return name === undefined ? undefined : storedId({ id, name, sharesId });
}
