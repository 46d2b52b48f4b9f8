/**
 * Which message a service's id stands for: one item of the counters table for each id. It expires after 40 days, because
 * Meta tries for 30 days to deliver a message. A report of an unknown id is stored for a day, in case it is faster than
 * the call that sent the message. The key is a hash of the id, because an id of Meta contains the number.
 */
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { ConflictError } from "../../../app/errors.ts";
import type { Report, SentIds, SentMessage } from "../../../app/sending-ports.ts";
import { statuses } from "../../../domain/messages/message-status.ts";
import { plus, type Time } from "../../../domain/time/time.ts";
import { deterministicId } from "../../../domain/values/hash.ts";
import { dynamodb, itemAt, translated } from "../client.ts";
import { type Item, ttlOf } from "../customer-items.ts";

const KEPT = "P40D";
const EARLY_KEPT = "P1D";

/** No journey has this id: a journey's id never contains `~`. */
const keyOf = (serviceId: string) => ({
  journey: `~sent#${deterministicId(serviceId)}`,
  scope: "message",
});

export function dynamodbSentIds(table: string, now: () => Time): SentIds {
  async function stored(serviceId: string) {
    const item = await itemAt(table, keyOf(serviceId));
    return item?.messageId === undefined ? undefined : { ...messageIn(item), early: earlyIn(item) };
  }

  return {
    async note(serviceId, { customerId, messageId, addressHash }) {
      const { Attributes = {} } = await translated(
        dynamodb.send(
          new UpdateCommand({
            TableName: table,
            Key: keyOf(serviceId),
            UpdateExpression: `SET customerId = :customer, messageId = :message, #ttl = :ttl${addressHash === undefined ? "" : ", addressHash = :address"}`,
            ExpressionAttributeNames: { "#ttl": "ttl" },
            ExpressionAttributeValues: {
              ":customer": customerId,
              ":message": messageId,
              ":ttl": ttlOf(plus(now(), KEPT)),
              ...(addressHash !== undefined && { ":address": addressHash }),
            },
            ReturnValues: "ALL_NEW",
          }),
        ),
      );
      return earlyIn(Attributes);
    },

    async find(serviceId, report) {
      const found = await stored(serviceId);
      if (found || !report) return found;
      const { status, time, reason } = report;
      try {
        await translated(
          dynamodb.send(
            new UpdateCommand({
              TableName: table,
              Key: keyOf(serviceId),
              UpdateExpression: "SET #status = :report, #ttl = :ttl",
              ConditionExpression:
                "attribute_not_exists(messageId) AND (attribute_not_exists(#status) OR #status.#time > :time)",
              ExpressionAttributeNames: { "#status": status, "#time": "time", "#ttl": "ttl" },
              ExpressionAttributeValues: {
                ":time": time,
                ":report": { time, ...(reason !== undefined && { reason }) },
                ":ttl": ttlOf(plus(now(), EARLY_KEPT)),
              },
            }),
          ),
        );
        return undefined;
      } catch (error) {
        // The id was stored in the meantime, or an earlier report of this status is stored.
        if (error instanceof ConflictError) return stored(serviceId);
        throw error;
      }
    },
  };
}

function messageIn({ customerId, messageId, addressHash }: Item): SentMessage {
  return {
    customerId: String(customerId),
    messageId: String(messageId),
    ...(addressHash !== undefined && { addressHash: String(addressHash) }),
  };
}

function earlyIn(item: Item): Report[] {
  return statuses.flatMap((status) => {
    const report = item[status] as Omit<Report, "status"> | undefined;
    return report === undefined ? [] : [{ status, ...report }];
  });
}
