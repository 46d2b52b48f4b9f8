/** Values of attributes and events inside a sentence. */
import type { Json } from "../../lambdas/domain/values/json.ts";

const MOST_CHARACTERS = 80;

/** The value as JSON; a long value is cut. */
export function valueText(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text;
}
