/** Finds a stored event by its identity, its id and its name. */
import type { CustomerEvent } from "../domain/events/event.ts";
import { type Identity, storedId } from "../domain/values/event-identity.ts";
import type { Ports } from "./ports.ts";

export interface Found {
  readonly event: CustomerEvent | undefined;
  /** Whether the id alone belongs to an event with another name. */
  readonly sharesId: boolean;
}

export async function findEvent(
  customerId: string,
  { id, name }: Identity,
  { store }: Pick<Ports, "store">,
): Promise<Found> {
  const first = await store.event(customerId, id);
  if (!first || first.name === name) return { event: first, sharesId: false };
  return { event: await store.event(customerId, storedId({ id, name, sharesId: true })), sharesId: true };
}
