/**
 * Attributes without personal data. The reserved attributes that decide whether and when a message is sent stay; an
 * address becomes a made-up one, so that the customer still has one. All other attributes are left out.
 */

import { isStopWord } from "../../lambdas/domain/inbound/stop-words.ts";
import { deterministicId, share } from "../../lambdas/domain/values/hash.ts";
import type { Json, JsonObject } from "../../lambdas/domain/values/json.ts";

const decisive: ReadonlySet<string> = new Set(
  "timezone language unsubscribed unsubscribedChannels tags topics".split(" "),
);

export function impersonal(attributes: JsonObject, customerId: string): JsonObject {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]): [string, Json][] => {
      if (decisive.has(name)) return [[name, value]];
      const made = madeUp[name];
      return made ? [[name, value === null ? null : made(customerId)]] : [];
    }),
  );
}

const madeUp: Readonly<Record<string, (customerId: string) => string>> = {
  email: (customerId) => `${deterministicId("archive", customerId)}@archive.example`,
  phone: (customerId) => `+1555${String(Math.floor(share("archive", customerId) * 100_000)).padStart(7, "0")}`,
};

/** A message of the customer without what they wrote. A STOP word stays, because it decides who may be written to. */
export function impersonalAnswer({ text, word, ...data }: JsonObject): JsonObject {
  const kept = typeof text === "string" && isStopWord(text) ? { text, ...(word !== undefined && { word }) } : {};
  return { ...data, ...kept };
}
