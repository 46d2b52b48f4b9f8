/**
 * The segments of the templates table. An admin edits the item ID; journey-publisher checks it and copies a good segment
 * into the item `live#ID`, from which conditions are evaluated. The ids of all live segments stand in one more item, so
 * that no function ever scans the table. A cached segment is read again after a few seconds.
 */
import { PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Segments } from "../../app/segment-ports.ts";
import type { Condition } from "../../domain/conditions/condition.ts";
import { segmentsIn } from "../../domain/segments/named-segments.ts";
import type { Segment } from "../../domain/segments/segment.ts";
import { type Json, same } from "../../domain/values/json.ts";
import { dynamodb, itemAt, itemsAt, translated } from "./client.ts";
import { freshCache } from "./fresh-cache.ts";
import { readable } from "./items/item-format.ts";
import { liveCopyKey } from "./journey-keys.ts";
import { unlessConflict, unlessNewer, writeOutcome } from "./outcome.ts";
import { withLists } from "./with-lists.ts";

/** No segment has this id. This key begins like the key of a live copy, so no reader takes the item for a document. */
const ALL = liveCopyKey("~segments");

interface View {
  readonly condition: Condition | undefined;
}

/** `freshFor`: how many milliseconds old a cached segment may be. */
export function dynamodbSegments(table: string, freshFor: number): Segments {
  const views = freshCache<View>(freshFor, async (id, before) => {
    const condition = segmentIn(await item(liveCopyKey(id)))?.where;
    // If the condition is unchanged, return the same object: its compiled form is found by the object.
    return before && same((before.condition ?? null) as Json, (condition ?? null) as Json) ? before : { condition };
  });

  const item = (key: { readonly id: string }): Promise<Item | undefined> => itemAt(table, key);

  return {
    async get(ids) {
      const found = new Map<string, Condition>();
      const asked = new Set<string>();
      for (let next = [...ids]; next.length > 0; ) {
        for (const id of next) asked.add(id);
        const read = await Promise.all(next.map(async (id) => [id, (await views.get(id)).condition] as const));
        for (const [id, condition] of read) if (condition) found.set(id, condition);
        const nested = read.flatMap(([, condition]) => segmentsIn(condition));
        next = [...new Set(nested)].filter((id) => !asked.has(id));
      }
      return found;
    },

    async all() {
      const found = new Map<string, Condition>();
      const ids = ((await item(ALL))?.ids ?? new Set()) as Set<string>;
      for await (const copy of itemsAt(table, [...ids].map(liveCopyKey))) {
        const segment = segmentIn(copy);
        if (segment) found.set(segment.id, segment.where);
      }
      return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
    },

    async live(segmentId) {
      const found = await item(liveCopyKey(segmentId));
      const segment = segmentIn(found);
      return segment && { segment, order: found?.order as string | undefined };
    },

    async publish(segmentId, segment, publication, save = { document: undefined }) {
      if (segment) {
        const { order } = save;
        // First the list, then the copy: a crash in between leaves an id without a copy, which `all` leaves out.
        await translated(
          dynamodb.send(
            new UpdateCommand({
              TableName: table,
              Key: ALL,
              UpdateExpression: "ADD ids :ids",
              ExpressionAttributeValues: { ":ids": new Set([segmentId]) },
            }),
          ),
        );
        const key = liveCopyKey(segmentId);
        const Item = { ...key, segment, at: publication.at, ...(order !== undefined && { order }) };
        views.forget();
        const write = new PutCommand({ TableName: table, Item, ...unlessNewer(order) });
        if (!(await unlessConflict(dynamodb.send(write)))) return false;
      }
      await writeOutcome(table, { id: segmentId }, publication, save);
      return true;
    },
  };
}

type Item = Record<string, unknown>;

/** The publisher has checked the copy, so it is not checked again. A template's live copy has no segment. */
export function segmentIn(item: Item | undefined): Segment | undefined {
  const segment = item && readable("segment", item).segment;
  return segment === undefined ? undefined : (withLists(segment as Item) as unknown as Segment);
}
