/**
 * Parses JSON from outside. `JSON.parse` would round an integer beyond 2^53, so that two ids become equal. An integer
 * beyond 2^53 is therefore kept as its exact text.
 */

/**
 * Only a text with at least this many digits in a row can hold such an integer. Any other text is parsed without a
 * reviver.
 */
const MAY_BE_LARGE = /\d{16}/;

export function parseJson(text: string): unknown {
  return MAY_BE_LARGE.test(text) ? JSON.parse(text, exactInteger) : JSON.parse(text);
}

/** A number from its text. An integer that a double cannot hold exactly stays a text. */
export function exactNumber(text: string): number | string {
  const value = Number(text);
  return /^-?\d+$/.test(text) && !Number.isSafeInteger(value) ? text : value;
}

function exactInteger(_: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === "number" ? exactNumber(context?.source ?? String(value)) : value;
}
