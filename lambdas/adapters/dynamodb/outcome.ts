/** Writes the outcome of a save into the saved document, for journeys and templates. */
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { ConflictError } from "../../app/errors.ts";
import type { Save } from "../../app/publication.ts";
import { type Json, same } from "../../domain/values/json.ts";
import { dynamodb, itemAt, translated } from "./client.ts";

/** A document without its outcome. A set, which JSON does not have, is a list. */
function contentOf(document: unknown): Json {
  const { publication: _, ...content } = document as Record<string, unknown>;
  return JSON.parse(JSON.stringify(content, (__, value) => (value instanceof Set ? [...value] : value))) as Json;
}

/** Whether the condition of a write held. */
export async function unlessConflict(write: Promise<unknown>): Promise<boolean> {
  try {
    await translated(write);
    return true;
  } catch (error) {
    if (error instanceof ConflictError) return false;
    throw error;
  }
}

/** The condition of a write that must not replace a newer save. Without an order, there is no condition. */
export function unlessNewer(order: string | undefined) {
  return (
    order !== undefined && {
      ConditionExpression: "attribute_not_exists(#order) OR #order <= :order",
      ExpressionAttributeNames: { "#order": "order" },
      ExpressionAttributeValues: { ":order": order },
    }
  );
}

/** Nothing is written if the document was edited or deleted since this save: the newer save has an outcome of its own. */
export async function writeOutcome(
  TableName: string,
  Key: Readonly<Record<string, string>>,
  publication: object,
  { document, order }: Save,
): Promise<void> {
  if (order !== undefined) {
    const item = await itemAt(TableName, Key);
    if (!item || !same(contentOf(item), contentOf(document))) return;
  }
  await unlessConflict(
    dynamodb.send(
      new UpdateCommand({
        TableName,
        Key,
        UpdateExpression: "SET publication = :publication",
        ConditionExpression: "attribute_exists(id)",
        ExpressionAttributeValues: { ":publication": publication },
      }),
    ),
  );
}
