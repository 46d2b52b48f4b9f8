/** Reads a document that may have problems. Parts of the right shape are returned; all other parts are left out. */
import * as z from "zod/mini";

export type Members = Readonly<Record<string, unknown>>;

export function members(value: unknown): Members {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Members) : {};
}

export function entries(value: unknown): [string, unknown][] {
  return Object.entries(members(value));
}

export function items(value: unknown): [number, unknown][] {
  return Array.isArray(value) ? [...value.entries()] : [];
}

export function valid<T>(schema: z.core.$ZodType<T>, value: unknown): T | undefined {
  const result = z.safeParse(schema, value);
  return result.success ? result.data : undefined;
}

/** The id of a document; empty when it has none. */
export function idOf(document: unknown): string {
  const { id } = members(document);
  return typeof id === "string" ? id : "";
}
