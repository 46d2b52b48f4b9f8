/**
 * The request units that DynamoDB bills for an item, by its published rules:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
import type { Item } from "../../lambdas/adapters/dynamodb/customer-items.ts";

const WRITE_BYTES = 1024;
const READ_BYTES = 4096;

/** The size of an item in bytes: names and values in UTF-8. A value that is `undefined` is not stored. */
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
      // A list or map takes three bytes, and one byte for each element.
      if (Array.isArray(value)) return value.reduce((size, each) => size + 1 + valueSize(each), 3);
      return 3 + Object.keys(value).length + itemSize(value as Item);
    default:
      return 1;
  }
}

/** About one byte for two significant digits, plus one byte, plus one byte for a minus sign. */
function numberSize(value: number): number {
  const digits = String(Math.abs(value)).replace(/[.e].*$|^0+|0+$/g, "").length;
  return Math.ceil(digits / 2) + 1 + (value < 0 ? 1 : 0);
}

/** The units of a write outside a transaction. In a transaction, these units count twice. */
export const writeUnits = (bytes: number) => Math.max(1, Math.ceil(bytes / WRITE_BYTES));

/** The units of one read, by the total size of the result. A read that finds nothing costs the minimum. */
export const readUnits = (bytes: number, consistent: boolean) =>
  Math.max(1, Math.ceil(bytes / READ_BYTES)) * (consistent ? 1 : 0.5);
