/**
 * The write units of requests to the customers and counters tables. DynamoDB bills the larger of the old and the new
 * item, and each index entry that is added or removed. So this class remembers the sizes and index keys of the items
 * that were written, and nothing else.
 *
 * In a transaction every write counts twice, and so does a check that writes nothing; measured on AWS at
 * https://martinhicks.dev/articles/what-a-conditional-dynamodb-transaction-costs. The local index is part of the
 * transaction, so its writes are assumed to count twice. The global index is written later, so its writes are assumed
 * to count once.
 */
import type { Item } from "../../lambdas/adapters/dynamodb/customer-items.ts";
import type { Write } from "../../lambdas/adapters/dynamodb/writes.ts";
import { itemSize, writeUnits } from "./capacity.ts";

interface Known {
  readonly bytes: number;
  /** The key in the index of active enrollments. */
  readonly active?: string;
}

/** The bytes of a count's number; the name of the count is added. */
const COUNT_BYTES = 4;

export class WrittenItems {
  private readonly known = new Map<string, Known>();
  private readonly counters = new Map<string, Set<string>>();

  /** The units of these writes in one request. A refused write costs the same as a stored write. */
  units(writes: readonly Write[], transaction: boolean): number {
    const factor = transaction ? 2 : 1;
    return writes.reduce((sum, write) => sum + this.unitsOf(write, factor), 0);
  }

  /** Remembers the writes as stored. */
  stored(writes: readonly Write[]): void {
    for (const { Put, Delete, Update } of writes) {
      if (Put) this.known.set(nameOf(Put.Item as Item), knownOf(Put.Item as Item));
      if (Delete) this.known.delete(nameOf(Delete.Key as Item));
      if (Update)
        this.counters.set(
          nameOf(Update.Key as Item),
          this.countsAfter(Update.Key as Item, Update.ExpressionAttributeNames),
        );
    }
  }

  private unitsOf({ Put, Delete, Update, ConditionCheck }: Write, factor: number): number {
    if (Put) {
      const item = Put.Item as Item;
      const [before, after] = [this.known.get(nameOf(item)), knownOf(item)];
      const local = typeof item.happened === "string" ? writeUnits(after.bytes) : 0;
      const size = Math.max(before?.bytes ?? 0, after.bytes);
      return factor * (writeUnits(size) + local) + indexUnits(before?.active, after.active);
    }
    if (Delete) {
      const before = this.known.get(nameOf(Delete.Key as Item));
      return factor * writeUnits(before?.bytes ?? 0) + indexUnits(before?.active, undefined);
    }
    if (Update) return factor * writeUnits(this.counterBytes(Update.Key as Item, Update.ExpressionAttributeNames));
    const checked = ConditionCheck && this.known.get(nameOf(ConditionCheck.Key as Item));
    return factor * writeUnits(checked?.bytes ?? 0);
  }

  private countsAfter(key: Item, added: Readonly<Record<string, string>> = {}): Set<string> {
    const counts = this.counters.get(nameOf(key)) ?? new Set();
    for (const name of Object.values(added)) counts.add(name);
    return counts;
  }

  private counterBytes(key: Item, added: Readonly<Record<string, string>> = {}): number {
    let bytes = itemSize(key);
    for (const name of new Set([...(this.counters.get(nameOf(key)) ?? []), ...Object.values(added)]))
      bytes += Buffer.byteLength(name) + COUNT_BYTES;
    return bytes;
  }
}

/** One unit to add an entry, one to remove it; a changed key does both. Entries hold keys only, so they are below 1 KB. */
function indexUnits(before: string | undefined, after: string | undefined): number {
  return before === after ? 0 : (before === undefined ? 0 : 1) + (after === undefined ? 0 : 1);
}

function nameOf({ customerId, sk, journey, scope }: Item): string {
  return journey === undefined ? `${customerId} ${sk}` : `${journey} ${scope}`;
}

function knownOf(item: Item): Known {
  const { active, dueAt } = item;
  return {
    bytes: itemSize(item),
    ...(active !== undefined && dueAt !== undefined && { active: `${active} ${dueAt}` }),
  };
}
