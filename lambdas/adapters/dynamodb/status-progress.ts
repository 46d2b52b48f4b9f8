/**
 * The progress of the work that a new status of a journey causes: one item for each part, in the counters table. The
 * next work of this kind replaces these items, so a journey never has more than a few of them.
 */
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { ConflictError } from "../../app/errors.ts";
import type { StatusProgress } from "../../app/ports.ts";
import type { StatusTask } from "../../domain/journey/status-work.ts";
import { dynamodb, translated } from "./client.ts";

/** No journey has this id: a journey's id never contains `~`. */
export const progressPartition = (journeyId: string) => `~inside#${journeyId}`;

const keyOf = ({ journeyId, work, part = 0 }: StatusTask) => ({
  journey: progressPartition(journeyId),
  scope: `${work}#${part}`,
});

export function dynamodbStatusProgress(table: string): StatusProgress {
  /** Whether the condition was true. */
  async function update(task: StatusTask, set: string, condition: string, done: number, complete: boolean) {
    try {
      await translated(
        dynamodb.send(
          new UpdateCommand({
            TableName: table,
            Key: keyOf(task),
            UpdateExpression: set,
            ConditionExpression: condition,
            ExpressionAttributeNames: { "#since": "since", "#done": "done", "#work": "work", "#complete": "complete" },
            ExpressionAttributeValues: {
              ":since": task.since,
              ":done": done,
              ":work": task.work,
              ":complete": complete,
            },
          }),
        ),
      );
      return true;
    } catch (error) {
      if (error instanceof ConflictError) return false;
      throw error;
    }
  }

  return {
    async note(task, done, complete) {
      const same = "SET #work = :work, #complete = :complete, #since = :since, #done = #done + :done";
      if (await update(task, same, "#since = :since", done, complete)) return true;
      const first = "SET #work = :work, #complete = :complete, #since = :since, #done = :done";
      return update(task, first, "attribute_not_exists(#since) OR #since < :since", done, complete);
    },
  };
}
