/**
 * The identity of an event, and the id under which it is stored. The identity of an event is its id together with its name, because an app may
 * use one id for two names: the id of an order in `order.placed` and `order.paid`. The first event of an id is stored
 * under the id alone. An event with the same id and another name is stored under both, behind the prefix that no app's id
 * has.
 */
/** Only the system's own events may have an id that starts so. */
export const SYSTEM_ID_PREFIX = "customer-journeys:";

export interface Identity {
  readonly id: string;
  readonly name: string;
}

export function storedId({ id, name, sharesId }: Identity & { readonly sharesId?: true | undefined }): string {
  return sharesId ? `${SYSTEM_ID_PREFIX}${name} ${id}` : id;
}
