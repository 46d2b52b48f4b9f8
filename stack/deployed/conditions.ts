/** The conditions under which a save replaces only the document that was read, so that it never undoes an edit. */
import type { PutCommandInput } from "@aws-sdk/lib-dynamodb";
import { ConflictError } from "../../lambdas/app/errors.ts";
import type { Item, StoredJourney } from "../stack.ts";

export type Condition = Pick<
  PutCommandInput,
  "ConditionExpression" | "ExpressionAttributeNames" | "ExpressionAttributeValues"
>;

const NEW: Condition = { ConditionExpression: "attribute_not_exists(id)" };

/** A save removes the outcome, and each outcome has its own time: the same outcome means that no later save exists. */
export function asRead(before: StoredJourney | undefined): Condition {
  if (!before) return NEW;
  if (!before.publication) return { ConditionExpression: "attribute_exists(id) AND attribute_not_exists(publication)" };
  return {
    ConditionExpression: "publication.#at = :at",
    ExpressionAttributeNames: { "#at": "at" },
    ExpressionAttributeValues: { ":at": before.publication.at },
  };
}

/** A template has no outcome, so the condition compares each member. */
export function asItWas(before: Item | undefined): Condition {
  if (!before) return NEW;
  const members = Object.entries(before);
  return {
    ConditionExpression: members.map((_, index) => `#m${index} = :m${index}`).join(" AND "),
    ExpressionAttributeNames: Object.fromEntries(members.map(([name], index) => [`#m${index}`, name])),
    ExpressionAttributeValues: Object.fromEntries(members.map(([, value], index) => [`:m${index}`, value])),
  };
}

/** @throws ConflictError when the condition of a write does not hold. */
export async function unlessChanged(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    const { name, message } = error as Error;
    throw name === "ConditionalCheckFailedException" ? new ConflictError(message, { cause: error }) : error;
  }
}
