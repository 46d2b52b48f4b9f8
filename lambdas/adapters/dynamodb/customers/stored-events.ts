/** The events of a customer: by their id, by name and time, and how long they are kept. */

import { UpdateCommand, type UpdateCommandInput } from "@aws-sdk/lib-dynamodb";
import { ConflictError } from "../../../app/errors.ts";
import type { Store } from "../../../app/store.ts";
import { plus, type Time } from "../../../domain/time/time.ts";
import { dynamodb, translated } from "../client.ts";
import { eventKey, happened, isExpired, toEvent, ttlOf } from "../customer-items.ts";
import { HAPPENED_INDEX } from "../indexes.ts";
import type { CustomersTable } from "./customers-table.ts";

interface EventSettings {
  readonly eventRetentionDays: number;
  readonly now: () => Time;
}

export function storedEvents(
  { name: customers, get, query }: CustomersTable,
  settings: EventSettings,
): Pick<Store, "event" | "events" | "keepEvent"> {
  return {
    /**
     * An expired event counts until DynamoDB removes it, so that its id stays taken. Events never change, so a read
     * that is not consistent is correct when it finds the event, and costs half.
     */
    async event(customerId, id) {
      const item = (await get(customerId, eventKey(id), false)) ?? (await get(customerId, eventKey(id)));
      return item && toEvent(item);
    },

    async events(customerId, name, after) {
      const found = query({
        IndexName: HAPPENED_INDEX,
        KeyConditionExpression: "customerId = :customer AND happened BETWEEN :first AND :last",
        ExpressionAttributeValues: {
          ":customer": customerId,
          ":first": happened(name, after),
          ":last": happened(name, "~"),
        },
        ConsistentRead: true,
      });
      const now = settings.now();
      const items = (await Array.fromAsync(found)).filter((item) => !isExpired(item, now));
      return items.map(toEvent).filter(({ time }) => time > after);
    },

    async keepEvent(customerId, storedId, since, until) {
      const ttl = ttlOf(until);
      if (ttl <= ttlOf(plus(since, `P${settings.eventRetentionDays}D`))) return;
      const input: UpdateCommandInput = {
        TableName: customers,
        Key: { customerId, sk: eventKey(storedId) },
        UpdateExpression: "SET #ttl = :until",
        // The condition also fails if the event is gone.
        ConditionExpression: "#ttl < :until",
        ExpressionAttributeNames: { "#ttl": "ttl" },
        ExpressionAttributeValues: { ":until": ttl },
      };
      await translated(dynamodb.send(new UpdateCommand(input))).catch((error: unknown) => {
        if (!(error instanceof ConflictError)) throw error;
      });
    },
  };
}
