/**
 * What DynamoDB bills for an item, in request units, by its published rules:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
import type { Item } from "../../lambdas/adapters/customer-items.ts";

const WRITE_BYTES = 1024;
const READ_BYTES = 4096;

/** Bytes of an item: names and values in UTF-8. What is `undefined` is not stored. */
export function itemSize(item: Item): number {
  let size = 0;
  for (const [name, value] of Object.entries(item))
    if (value !== undefined) size += Buffer.byteLength(name) + valueSize(value);
  return size;
}

function valueSize(value: unknown): number {
  switch (typeof value) {
    case "string":
      return Buffer.byteLength(value);
    case "number":
      return numberSize(value);
    case "object":
      if (value === null) return 1;
      // A list or map takes three bytes, and one for each thing in it.
      if (Array.isArray(value)) return value.reduce((size, each) => size + 1 + valueSize(each), 3);
      return 3 + Object.keys(value).length + itemSize(value as Item);
    default:
      return 1;
  }
}

/** About a byte for two significant digits, and one more; the sign takes another. */
function numberSize(value: number): number {
  const digits = String(Math.abs(value)).replace(/[.e].*$|^0+|0+$/g, "").length;
  return Math.ceil(digits / 2) + 1 + (value < 0 ? 1 : 0);
}

/** Of one plain write; one in a transaction takes twice as much. */
export const writeUnits = (bytes: number) => Math.max(1, Math.ceil(bytes / WRITE_BYTES));

/** Of one read, of whatever size all it returns has together. Nothing found is a read too. */
export const readUnits = (bytes: number, consistent: boolean) =>
  Math.max(1, Math.ceil(bytes / READ_BYTES)) * (consistent ? 1 : 0.5);
