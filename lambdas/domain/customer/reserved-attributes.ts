/**
 * The reserved attributes of a customer, as apps really send them. A value that cannot be used is noted and changes
 * nothing else, so that one bad value never makes the whole event fail.
 */
import { ID } from "../documents/vocabulary.ts";
import { isTimezone } from "../time/time-zone.ts";
import { asObject, type Json, type JsonObject } from "../values/json.ts";

/** Why a value could not be used. A code is stored and counted, so it never changes. */
export type NoteReason =
  | "bad-address"
  | "bad-phone"
  | "bad-timezone"
  | "bad-language"
  | "bad-consent"
  | "bad-tags"
  | "bad-topics"
  | "bad-channels";

/** `value` absent: the attribute stays unchanged. `note`: the value, or a part of it, could not be used. */
export interface ReadAttribute {
  readonly value?: Json;
  readonly note?: NoteReason;
}

const readers = {
  email: (value) => textLine(value, 320, "bad-address"),
  phone: (value) => textLine(value, 64, "bad-phone"),
  timezone: (value) => usable(value, typeof value === "string" && isTimezone(value), "bad-timezone"),
  language: (value) => usable(value, isLanguage(value), "bad-language"),
  unsubscribed: (value) => ({
    value: value === null ? null : saysUnsubscribed(value),
    ...(!isConsent(value) && { note: "bad-consent" }),
  }),
  tags: (value) => usable(value, isTagList(value), "bad-tags"),
  topics: readTopics,
  unsubscribedChannels: (value) => usable(value, isChannelList(value), "bad-channels"),
} as const satisfies Record<string, (value: Json) => ReadAttribute>;

export type ReservedAttribute = keyof typeof readers;

export function isReserved(name: string): name is ReservedAttribute {
  return Object.hasOwn(readers, name);
}

/** Reads a value of an attribute; `null` removes it. An attribute that is not reserved may have any value. */
export function readAttribute(name: string, value: Json): ReadAttribute {
  return isReserved(name) ? readers[name](value) : { value };
}

/** The attributes whose value cannot be used, or only in part. */
export function unusableAttributes(changes: JsonObject): { readonly attribute: string; readonly reason: NoteReason }[] {
  return Object.entries(changes).flatMap(([attribute, value]) => {
    const { note } = readAttribute(attribute, value);
    return note === undefined ? [] : [{ attribute, reason: note }];
  });
}

/** In doubt the customer is unsubscribed: a text such as "yes" must not count as consent. */
export function saysUnsubscribed(value: Json | undefined): boolean {
  return !(value === undefined || value === null || value === false || value === "false");
}

const isConsent = (value: Json) => value === true || value === "true" || !saysUnsubscribed(value);

function usable(value: Json, isGood: boolean, note: NoteReason): ReadAttribute {
  return value === null || isGood ? { value } : { note };
}

/** One line of text without the blanks around it. A blank text counts as not given. */
function textLine(value: Json, mostCharacters: number, note: NoteReason): ReadAttribute {
  if (typeof value !== "string") return usable(value, false, note);
  const text = value.trim();
  if (text === "") return {};
  return usable(text, text.length <= mostCharacters && !/\p{C}|[\u2028\u2029]/u.test(text), note);
}

/** BCP 47, such as `de-AT`. */
function isLanguage(value: Json): boolean {
  try {
    return typeof value === "string" && Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}

const TAG = /^[^\p{C}]{1,100}$/u;
const MOST_TAGS = 1000;

function isTagList(value: Json): boolean {
  return (
    Array.isArray(value) && value.length <= MOST_TAGS && value.every((tag) => typeof tag === "string" && TAG.test(tag))
  );
}

const MOST_CHANNELS = 20;

/** Names of channels. A name that no channel has does no harm: an app may list channels of its own. */
function isChannelList(value: Json): boolean {
  return (
    Array.isArray(value) &&
    value.length <= MOST_CHANNELS &&
    value.every((name) => typeof name === "string" && ID.test(name))
  );
}

/** The list of `unsubscribedChannels` with one more channel. A full list loses its oldest entry, so that it stays usable. */
export function withChannel(list: Json | undefined, channel: string): readonly string[] {
  const known = textsIn(list);
  return known.includes(channel) ? known : [...known, channel].slice(-MOST_CHANNELS);
}

/** The texts in a list; empty when the value is none. */
export function textsIn(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

/**
 * Each topic is a choice of its own: when the value of one topic cannot be used, the values of the other topics still
 * count.
 */
function readTopics(value: Json): ReadAttribute {
  if (value === null) return { value };
  const choices = Object.entries(asObject(value) ?? {});
  const good = choices.filter(([topic, choice]) => ID.test(topic) && (choice === null || typeof choice === "boolean"));
  const isWhole = asObject(value) !== undefined && good.length === choices.length;
  return { value: Object.fromEntries(good) as JsonObject, ...(!isWhole && { note: "bad-topics" }) };
}
