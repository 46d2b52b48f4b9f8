/**
 * The send rate of a channel is one item in the counters table: the time of the next free turn. While messages queue up,
 * taking a turn costs one write. The first turn after a pause costs two.
 */
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { ConflictError } from "../../../app/errors.ts";
import type { SendRate } from "../../../app/sending-ports.ts";
import type { PacedChannel } from "../../../domain/messages/channel-traits.ts";
import { turnAt } from "../../../domain/messages/send-rate.ts";
import { fromMilliseconds, type Time, toMilliseconds } from "../../../domain/time/time.ts";
import { dynamodb, translated } from "../client.ts";

/** No journey has this id: a journey's id never contains `~`. */
const keyOf = (channel: PacedChannel) => ({ journey: "~pace", scope: channel });

/**
 * The messages per second of each channel. When the rate of a channel is `undefined`, its messages do not wait for a
 * turn.
 */
export type Rates = Readonly<Record<PacedChannel, number | undefined>>;

export function dynamodbSendRate(table: string, rates: Rates, now: () => Time): SendRate {
  /** Returns the free time before the update, or `undefined` if the condition is false. */
  async function update(
    Key: ReturnType<typeof keyOf>,
    set: string,
    condition: string,
    values: Record<string, number>,
  ): Promise<number | undefined> {
    try {
      const { Attributes } = await translated(
        dynamodb.send(
          new UpdateCommand({
            TableName: table,
            Key,
            UpdateExpression: `SET nextFree = ${set}`,
            ConditionExpression: condition,
            ExpressionAttributeValues: values,
            ReturnValues: "UPDATED_OLD",
          }),
        ),
      );
      return (Attributes?.nextFree as number | undefined) ?? 0;
    } catch (error) {
      if (error instanceof ConflictError) return undefined;
      throw error;
    }
  }

  return {
    async turn(channel) {
      const perSecond = rates[channel];
      if (perSecond === undefined) return undefined;
      const key = keyOf(channel);
      const current = toMilliseconds(now());
      const { nextFree } = turnAt(current, 0, perSecond);
      const queued = () =>
        update(key, "nextFree + :one", "nextFree >= :now", { ":one": nextFree - current, ":now": current });
      const first = async () => {
        const free = await update(key, ":next", "attribute_not_exists(nextFree) OR nextFree < :now", {
          ":next": nextFree,
          ":now": current,
        });
        return free === undefined ? undefined : current;
      };
      const at = (await queued()) ?? (await first()) ?? (await queued());
      if (at === undefined) throw new ConflictError(`the queue for ${channel} changed twice at once`);
      return fromMilliseconds(Math.ceil(at));
    },
  };
}
