/** Why a value of a reserved attribute could not be used, for people. */
import type { NoteReason } from "./reserved-attributes.ts";

const noteTexts: Record<NoteReason, string> = {
  "bad-address": "it is no line of text with at most 320 characters",
  "bad-phone": "it is no line of text with at most 64 characters",
  "bad-timezone": "it is no time zone such as Europe/Berlin",
  "bad-language": "it is no language such as de or de-AT",
  "bad-consent": "it is neither true nor false",
  "bad-tags": "it is no list of tags",
  "bad-topics": "it is no object of topics with true or false",
  "bad-channels": "it is no list of channels",
};

/** Why a value of a reserved attribute could not be used. The stored reason is one of `NoteReason`. */
export function noteText(stored: string): string {
  return Object.hasOwn(noteTexts, stored) ? noteTexts[stored as NoteReason] : stored;
}
