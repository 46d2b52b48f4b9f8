/**
 * For each layout or partial that saved documents wait for, the templates table has one item. Its attributes are the
 * documents that wait, each with the order of its save. The key begins like the key of a live copy, so no reader takes
 * the item for a document.
 */
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { SavedTemplate } from "../../app/publication.ts";
import type { WaitingTexts } from "../../app/waiting-texts.ts";
import { dynamodb, itemAt, translated } from "./client.ts";
import { liveCopyKey } from "./journey-keys.ts";

type Item = Record<string, unknown>;

/** The attribute of a document that waits. No id contains `#`. */
const SAVE = "save#";

export function dynamodbWaitingTexts(TableName: string): WaitingTexts {
  const keyOf = (textId: string) => liveCopyKey(`~waiting#${textId}`);

  const item = (key: { readonly id: string }): Promise<Item | undefined> => itemAt(TableName, key);

  return {
    async add(id, missing, { order = "" }) {
      for (const textId of missing)
        await translated(
          dynamodb.send(
            new UpdateCommand({
              TableName,
              Key: keyOf(textId),
              UpdateExpression: "SET #save = :order",
              ExpressionAttributeNames: { "#save": `${SAVE}${id}` },
              ExpressionAttributeValues: { ":order": order },
            }),
          ),
        );
    },

    async of(textId) {
      const found: SavedTemplate[] = [];
      for (const [name, order] of Object.entries((await item(keyOf(textId))) ?? {})) {
        if (!name.startsWith(SAVE)) continue;
        const document = await item({ id: name.slice(SAVE.length) });
        // A save without an outcome is published by its own stream record.
        if (document?.publication) found.push({ document, ...(order !== "" && { order: String(order) }) });
      }
      return found;
    },

    async remove(textId, id) {
      await translated(
        dynamodb.send(
          new UpdateCommand({
            TableName,
            Key: keyOf(textId),
            UpdateExpression: "REMOVE #save",
            ExpressionAttributeNames: { "#save": `${SAVE}${id}` },
          }),
        ),
      );
    },
  };
}
