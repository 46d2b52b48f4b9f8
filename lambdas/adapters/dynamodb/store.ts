/** The store port on the customers table and the counters table. */
import {
  GetCommand,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from "@aws-sdk/lib-dynamodb";
import { ConflictError } from "../../app/errors.ts";
import type { Store } from "../../app/store.ts";
import { unknownAddress } from "../../domain/customer/address-facts.ts";
import { unknownCustomer } from "../../domain/customer/customer.ts";
import { PARKED_DUE } from "../../domain/enrollment/parking.ts";
import { parts } from "../../domain/enrollment/part.ts";
import type { InsidePlace } from "../../domain/journey/status-work.ts";
import { emptySendLog } from "../../domain/messages/send-log.ts";
import { plus, type Time } from "../../domain/time/time.ts";
import type { Json } from "../../domain/values/json.ts";
import { dynamodb, queried, translated } from "./client.ts";
import {
  activeShard,
  addressPartition,
  type CustomerKey,
  DELIVERY,
  enrollmentIdIn,
  enrollmentKey,
  entryKey,
  eventKey,
  forgotten,
  happened,
  type Item,
  isExpired,
  PROFILE,
  runKey,
  SENDS,
  toAddressFacts,
  toCustomer,
  toEnrollment,
  toEntry,
  toEvent,
  toRunEntry,
  toSends,
  ttlOf,
  UNSTOPPED,
} from "./customer-items.ts";
import { overdueIn } from "./overdue.ts";
import { removeAll } from "./remove-all.ts";
import { writesOf } from "./writes.ts";

export interface StoreSettings {
  readonly customers: string;
  readonly counters: string;
  readonly eventRetentionDays: number;
  readonly now: () => Time;
  /** The ids of all journeys: the reconciler looks for overdue enrollments in each of them. */
  readonly journeyIds: () => Promise<readonly string[]>;
}

/** A range of the index `active`: a condition on the due time with its values, and the place before the range. */
interface ActiveRange {
  readonly due?: string;
  readonly values?: Readonly<Record<string, Time>>;
  readonly after?: InsidePlace | undefined;
}

const placeKey = (active: string, { customerId, enrollmentId, dueAt }: InsidePlace) => ({
  active,
  dueAt,
  customerId,
  sk: enrollmentKey(enrollmentId),
});

export function dynamodbStore(settings: StoreSettings): Store {
  const { customers } = settings;

  async function get(customerId: string, sk: CustomerKey, ConsistentRead = true): Promise<Item | undefined> {
    const { Item } = await translated(
      dynamodb.send(new GetCommand({ TableName: customers, Key: { customerId, sk }, ConsistentRead })),
    );
    return Item;
  }

  const query = (input: Omit<Parameters<typeof queried>[0], "TableName">): AsyncGenerator<Item> =>
    queried({ TableName: customers, ...input });

  /** `due`: a condition on the due time, with its values. */
  async function* active(
    journeyId: string,
    part?: number,
    { due = "", values = {}, after }: ActiveRange = {},
  ): AsyncGenerator<InsidePlace> {
    for (const each of part === undefined ? parts : [part]) {
      const shard = activeShard(journeyId, each);
      for await (const { customerId, sk, dueAt } of query({
        IndexName: "active",
        KeyConditionExpression: `active = :shard${due && ` AND ${due}`}`,
        ExpressionAttributeValues: { ":shard": shard, ...values },
        ...(after && { ExclusiveStartKey: placeKey(shard, after) }),
      }))
        yield { customerId, enrollmentId: enrollmentIdIn(sk as string), dueAt } as InsidePlace;
    }
  }

  return {
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

    /** An enrollment moves only from the open ones to the closed ones, so this order of reads does not miss it. */
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

    /**
     * An expired event counts until DynamoDB removes it, so that its id stays taken. Events never change, so the read
     * that is not consistent is right if it finds the event, at half the price.
     */
    async event(customerId, id) {
      const item = (await get(customerId, eventKey(id), false)) ?? (await get(customerId, eventKey(id)));
      return item && toEvent(item);
    },

    async events(customerId, name, after) {
      const found = query({
        IndexName: "happened",
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

    async erase(customerId, until) {
      const found = query({
        KeyConditionExpression: "customerId = :customer",
        ExpressionAttributeValues: { ":customer": customerId },
        ProjectionExpression: "customerId, sk, #time, #trigger.#time, journeyId, #key, sends",
        ExpressionAttributeNames: { "#time": "time", "#trigger": "trigger", "#key": "key" },
        ConsistentRead: true,
      });
      const keys = forgotten(await Array.fromAsync(found), until).map(({ sk }) => ({ customerId, sk }));
      await removeAll(customers, keys);
    },

    inside: (journeyId, part, after) => active(journeyId, part, { after }),

    parked: (journeyId, part) => active(journeyId, part, { due: "dueAt = :parked", values: { ":parked": PARKED_DUE } }),

    async *overdue(before, held) {
      const shards = (await settings.journeyIds()).flatMap((journeyId) =>
        parts.map((part) => ({ name: activeShard(journeyId, part), isHeld: held?.has(journeyId) ?? false })),
      );
      yield* overdueIn(customers, shards, before);
    },

    unstopped: () => active(UNSTOPPED),
  };
}
