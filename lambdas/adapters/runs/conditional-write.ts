/**
 * A conditional write, and whether its condition held. DynamoDB also refuses a write whose item is in a transaction at this
 * moment, and then does not judge the condition: such a write is repeated.
 */
import { ConflictError } from "../../app/errors.ts";
import { translated } from "../dynamodb/client.ts";

const MOST_TRIES = 20;

/** @throws ConflictError when the item is in one transaction after the other. */
export async function conditionHeld(write: () => Promise<unknown>): Promise<boolean> {
  for (let tries = 1; ; tries++) {
    try {
      await translated(write());
      return true;
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      if ((error.cause as Error).name === "ConditionalCheckFailedException") return false;
      if (tries >= MOST_TRIES) throw error;
    }
  }
}
