/**
 * The format of stored items. Items outlive the release that stored them, by a year and more. Each kind of item has a
 * format number: the member `format` of the item. An item without it has format 1.
 *
 * When an item changes so that this release would misread it, its number goes up by one: the writer adds `format`, and
 * the reader accepts the number before as well. A new optional member changes no number. When a release reads a higher
 * number than it knows, it was deployed over a later release. A release that reads a too high number stops with an
 * error and does not guess. AWS retries the delivery, the record or the execution, which succeeds when the later
 * release is back.
 */
const formats = {
  profile: 1,
  "send log": 1,
  "facts of an address": 1,
  event: 1,
  enrollment: 1,
  entry: 1,
  pointer: 1,
  version: 1,
  template: 1,
  segment: 1,
  breaker: 1,
} as const satisfies Record<string, number>;

export type ItemKind = keyof typeof formats;

export class NewerFormatError extends Error {
  override name = "NewerFormatError";
}

/** The item without its format number. @throws NewerFormatError when a later release has stored it. */
export function readable<T extends Readonly<Record<string, unknown>>>(kind: ItemKind, item: T): Omit<T, "format"> {
  const { format = 1, ...members } = item;
  const known = formats[kind];
  if (typeof format !== "number" || format > known)
    throw new NewerFormatError(
      `A later release has stored this ${kind}: its format is ${String(format)}, and this release reads up to ${known}. Deploy the later release again.`,
    );
  return members;
}
