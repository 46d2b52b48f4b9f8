/** The values that belong to a customer, and the search for these values in a captured test. */
import { isStopWord } from "../../lambdas/domain/inbound/stop-words.ts";
import { channels } from "../../lambdas/domain/messages/channel.ts";
import type { Source } from "./recorded-scenario.ts";

export type Leaf = string | number;

/** The texts and numbers inside a value, without the names of members. */
export function leavesIn(value: unknown): Leaf[] {
  if (typeof value === "string" || typeof value === "number") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leavesIn) : [];
}

/**
 * Values of the journey and its segments are not personal, even where a customer has them too. Nor are the names of
 * channels, which `unsubscribedChannels` lists, and words such as STOP.
 */
export function personalValues({ enrollment, profile, events, journey, segments }: Source): Set<Leaf> {
  const { customerId, enrollmentId, key, trigger, messages } = enrollment;
  const all = leavesIn([
    customerId,
    enrollmentId,
    key ?? "",
    trigger.eventId,
    profile?.attributes ?? {},
    profile?.tags ?? [],
    messages.map(({ messageId, address = "" }) => [messageId, address]),
    events.map(({ id, deliveryId, data, changes = {} }) => [id, deliveryId, data, changes]),
  ]);
  const ofJourney = new Set(leavesIn([journey, segments, channels]));
  const isStop = (value: Leaf) => typeof value === "string" && isStopWord(value);
  return new Set(all.filter((value) => value !== "" && !ofJourney.has(value) && !isStop(value)));
}

/** Shorter texts and numbers may stand inside another value by chance. */
const LEAST_INSIDE = 5;

/** The personal values that a captured scenario still has: as a value, or inside a text. */
export function personalIn(captured: unknown, personal: ReadonlySet<Leaf>): Leaf[] {
  const left = leavesIn(captured);
  const text = left.map(String).join("\n");
  return [...personal].filter(
    (value) => left.includes(value) || (String(value).length >= LEAST_INSIDE && text.includes(String(value))),
  );
}
