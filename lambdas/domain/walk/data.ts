/** Resolves a component's `data` or `set` when the component runs. A path without a value gives no member. */

import { type Facts, reader } from "../conditions/evaluate.ts";
import type { Data } from "../journey/component.ts";
import type { Json, JsonObject } from "../values/json.ts";

export function resolveData(data: Data | undefined, facts: Pick<Facts, "event" | "customer" | "key">): JsonObject {
  const resolved: [string, Json][] = [];
  for (const [name, value] of Object.entries(data ?? {})) {
    const path = typeof value === "object" && value !== null && "path" in value ? value.path : undefined;
    const found = typeof path === "string" ? reader(path)(facts) : (value as Json);
    if (found !== undefined) resolved.push([name, found]);
  }
  return Object.fromEntries(resolved);
}
