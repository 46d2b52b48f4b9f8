/**
 * The writes of the journeys table by which a journey goes live, and the tests that decide on it. Only the function
 * that publishes has these writes.
 */
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Publishing } from "../../app/ports.ts";
import type { Publication, Save } from "../../app/publication.ts";
import { componentNames } from "../../domain/journey/component-names.ts";
import { type StoredTest, TEST } from "../../domain/journey/stored-test.ts";
import { dynamodb, queried, translated } from "./client.ts";
import { DRAFTS, documentKey, LIVE, versionKey } from "./journey-keys.ts";
import { pointerIn } from "./journey-pointer.ts";
import type { CachedJourneys } from "./journeys.ts";
import { unlessConflict, unlessNewer, writeOutcome } from "./outcome.ts";
import { withLists } from "./with-lists.ts";

/** `reading`: its caches must not hide what this function writes. */
export function dynamodbPublishing(table: string, reading: Pick<CachedJourneys, "remember" | "forget">): Publishing {
  /** Writes a pointer. `false`: a newer save is live. */
  function point(pointer: Record<string, unknown>, order: string | undefined): Promise<boolean> {
    const Item = { ...pointer, ...(order !== undefined && { order }) };
    return unlessConflict(dynamodb.send(new PutCommand({ TableName: table, Item, ...unlessNewer(order) })));
  }

  /**
   * Earlier releases stored drafts beside the live pointers. A draft of an earlier release stays there until it goes
   * live.
   */
  async function placeOfDraft(journeyId: string): Promise<string> {
    return (await pointerIn(table, LIVE, journeyId)) ? LIVE : DRAFTS;
  }

  return {
    async freeze(journey, version) {
      const { publication: _, ...content } = journey;
      const Item = { ...content, ...versionKey(journey.id, version) };
      await translated(
        dynamodb.send(new PutCommand({ TableName: table, Item, ConditionExpression: "attribute_not_exists(id)" })),
      );
      reading.remember(Item);
    },

    async publish(journeyId, live, publication: Publication, save: Save = { document: undefined }) {
      if (live) {
        const { status, name } = live.journey;
        const names = componentNames(live.journey);
        const { version: number, awaited } = live;
        const { at } = publication;
        const draft = number === 0 ? { draft: live.journey } : {};
        const { beforeHold, stoppedAt, goalsChangedAt } = live;
        const more = { beforeHold, stoppedAt, goalsChangedAt, ...draft };
        const id = number === 0 ? await placeOfDraft(journeyId) : LIVE;
        const isWritten = await point(
          { id, version: journeyId, number, status, name, names, at, awaited, ...more },
          save.order,
        );
        reading.forget();
        if (!isWritten) return false;
      }
      await writeOutcome(table, documentKey(journeyId), publication, save);
      return true;
    },
  };
}

/** Reads the tests that are stored beside the document of a journey. */
export function storedTests(table: string): (journeyId: string) => Promise<StoredTest[]> {
  return (journeyId) => {
    const items = queried({
      TableName: table,
      KeyConditionExpression: "id = :id AND begins_with(version, :test)",
      ExpressionAttributeValues: { ":id": journeyId, ":test": TEST },
      ConsistentRead: true,
    });
    return Array.fromAsync(items, (item) => withLists(item) as StoredTest);
  };
}
