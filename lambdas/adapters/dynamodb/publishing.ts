/** The writes of the journeys table by which a journey goes live. Only the function that publishes has them. */
import { GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { ConflictError } from "../../app/errors.ts";
import type { Publication, Publishing, Save } from "../../app/ports.ts";
import { componentNames } from "../../domain/journey/component-names.ts";
import { type Json, same } from "../../domain/values/json.ts";
import { dynamodb, translated } from "./client.ts";
import { DRAFTS, documentKey, LIVE, versionKey } from "./journey-keys.ts";
import { pointerIn } from "./journey-pointer.ts";
import type { CachedJourneys } from "./journeys.ts";

/** A document without its outcome. A set, which JSON does not have, is a list. */
function contentOf(document: unknown): Json {
  const { publication: _, ...content } = document as Record<string, unknown>;
  return JSON.parse(JSON.stringify(content, (__, value) => (value instanceof Set ? [...value] : value))) as Json;
}

/** Whether the condition of a write held. */
async function unlessConflict(write: Promise<unknown>): Promise<boolean> {
  try {
    await translated(write);
    return true;
  } catch (error) {
    if (error instanceof ConflictError) return false;
    throw error;
  }
}

/** `reading`: its caches must not hide what this function writes. */
export function dynamodbPublishing(table: string, reading: Pick<CachedJourneys, "remember" | "forget">): Publishing {
  /** Writes a pointer. `false`: a newer save is live. */
  function point(pointer: Record<string, unknown>, order: string | undefined): Promise<boolean> {
    const forward = order !== undefined && {
      ConditionExpression: "attribute_not_exists(#order) OR #order <= :order",
      ExpressionAttributeNames: { "#order": "order" },
      ExpressionAttributeValues: { ":order": order },
    };
    const Item = { ...pointer, ...(order !== undefined && { order }) };
    return unlessConflict(dynamodb.send(new PutCommand({ TableName: table, Item, ...forward })));
  }

  /** Earlier releases stored drafts beside the live pointers. Such a draft stays there until it goes live. */
  async function placeOfDraft(journeyId: string): Promise<string> {
    return (await pointerIn(table, LIVE, journeyId)) ? LIVE : DRAFTS;
  }

  /** Writes the outcome into the document, unless the document was edited or deleted since this save. */
  async function answer(journeyId: string, publication: Publication, { document, order }: Save): Promise<void> {
    const Key = documentKey(journeyId);
    if (order !== undefined) {
      const { Item } = await translated(dynamodb.send(new GetCommand({ TableName: table, Key, ConsistentRead: true })));
      if (!Item || !same(contentOf(Item), contentOf(document))) return;
    }
    await unlessConflict(
      dynamodb.send(
        new UpdateCommand({
          TableName: table,
          Key,
          UpdateExpression: "SET publication = :publication",
          ConditionExpression: "attribute_exists(id)",
          ExpressionAttributeValues: { ":publication": publication },
        }),
      ),
    );
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
      await answer(journeyId, publication, save);
      return true;
    },
  };
}
