/** The pointer of a journey: the item that says which version and which status are live. */
import type { ComponentNames } from "../../domain/journey/component-names.ts";
import type { Journey } from "../../domain/journey/journey.ts";
import type { Time } from "../../domain/time/time.ts";
import { itemAt } from "./client.ts";
import { readable } from "./items/item-format.ts";

export interface Pointer {
  readonly journeyId: string;
  readonly number: number;
  readonly status: Journey["status"];
  readonly name: string;
  /** The names of components in the newest saved document; absent when no component has one. */
  readonly names?: ComponentNames;
  /** When the journey was last published. */
  readonly at: Time;
  readonly awaited?: readonly string[];
  /** When the journey is held: the status that `journeys resume` restores. */
  readonly beforeHold?: Journey["status"];
  /** The time of the last stop. Pointers of older releases have none; a stopped one was stopped at `at`. */
  readonly stoppedAt?: Time;
  readonly goalsChangedAt?: Time;
  /** The place of the live save among the saves of the document. Pointers of older releases have none. */
  readonly order?: string;
  /** The content of a draft that was never live: there is no frozen version that the pointer could name. */
  readonly draft?: Journey;
}

export async function pointerIn(TableName: string, id: string, journeyId: string): Promise<Pointer | undefined> {
  const item = await itemAt(TableName, { id, version: journeyId });
  return item && toPointer(item);
}

export function toPointer(item: Record<string, unknown>): Pointer {
  const { id: _, version, ...pointer } = readable("pointer", item);
  return { ...pointer, journeyId: version } as Pointer;
}

/** The time of the journey's last stop. */
export function stopOf({ status, at, stoppedAt }: Pointer): Time | undefined {
  return stoppedAt ?? (status === "stopped" ? at : undefined);
}
