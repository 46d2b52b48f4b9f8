/** The store port on the customers table and the counters table. */
import { PutCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import type { Store } from "../../../app/store.ts";
import { unknownAddress } from "../../../domain/customer/address-facts.ts";
import { unknownCustomer } from "../../../domain/customer/customer.ts";
import { emptySendLog } from "../../../domain/messages/send-log.ts";
import type { Time } from "../../../domain/time/time.ts";
import type { Json } from "../../../domain/values/json.ts";
import { dynamodb, translated } from "../client.ts";
import {
  addressPartition,
  DELIVERY,
  enrollmentKey,
  entryKey,
  PROFILE,
  runKey,
  SENDS,
  toAddressFacts,
  toCustomer,
  toEnrollment,
  toEntry,
  toRunEntry,
  toSends,
} from "../customer-items.ts";
import { writesOf } from "../writes.ts";
import { activeIndex } from "./active-index.ts";
import { customersTable } from "./customers-table.ts";
import { eraseCustomer } from "./erase-customer.ts";
import { storedEvents } from "./stored-events.ts";

export interface StoreSettings {
  readonly customers: string;
  readonly counters: string;
  readonly eventRetentionDays: number;
  readonly now: () => Time;
  /** The ids of all journeys: the reconciler looks for overdue enrollments in each of them. */
  readonly journeyIds: () => Promise<readonly string[]>;
}

export function dynamodbStore(settings: StoreSettings): Store {
  const table = customersTable(settings.customers);
  const { get, query } = table;

  return {
    ...storedEvents(table, settings),
    ...activeIndex(table, settings.journeyIds),

    async customer(customerId) {
      const item = await get(customerId, PROFILE);
      return item ? toCustomer(item) : unknownCustomer(customerId);
    },

    async sendLog(customerId) {
      const item = await get(customerId, SENDS);
      return item ? toSends(item) : emptySendLog(customerId);
    },

    async addressFacts(address) {
      const item = await get(addressPartition(address), DELIVERY);
      return item ? toAddressFacts(address, item) : unknownAddress(address);
    },

    /** An enrollment moves only from open to closed, so reading the open enrollments first misses none. */
    async enrollment({ customerId, enrollmentId }) {
      const item =
        (await get(customerId, enrollmentKey(enrollmentId))) ??
        (await get(customerId, enrollmentKey(enrollmentId, true)));
      return item && toEnrollment(item);
    },

    async openEnrollment({ customerId, enrollmentId }) {
      const item = await get(customerId, enrollmentKey(enrollmentId));
      return item && toEnrollment(item);
    },

    /** An enrollment that is closed between two pages would come twice. */
    async enrollments(customerId) {
      const found = query({
        KeyConditionExpression: "customerId = :customer AND begins_with(sk, :prefix)",
        ExpressionAttributeValues: { ":customer": customerId, ":prefix": enrollmentKey("") },
        ConsistentRead: true,
      });
      const all = await Array.fromAsync(found, toEnrollment);
      return [...new Map(all.map((each) => [each.enrollmentId, each])).values()];
    },

    async openEnrollments(customerId) {
      const found = query({
        KeyConditionExpression: "customerId = :customer AND sk BETWEEN :first AND :last",
        ExpressionAttributeValues: {
          ":customer": customerId,
          ":first": enrollmentKey(""),
          ":last": enrollmentKey("", true),
        },
        ConsistentRead: true,
      });
      return Array.fromAsync(found, toEnrollment);
    },

    async entry(customerId, journeyId, key: Json | undefined) {
      const item = await get(customerId, entryKey(journeyId, key));
      return item && toEntry(item);
    },

    async considered(customerId, runId) {
      const item = await get(customerId, runKey(runId));
      return item && toRunEntry(item);
    },

    async commit(changes) {
      const writes = writesOf(changes, settings);
      const [only] = writes;
      // A plain write costs half as much as a transaction with one write.
      if (writes.length === 1 && only?.Put) await translated(dynamodb.send(new PutCommand(only.Put)));
      else if (writes.length > 0)
        await translated(dynamodb.send(new TransactWriteCommand({ TransactItems: [...writes] })));
    },

    erase: eraseCustomer(table),
  };
}
