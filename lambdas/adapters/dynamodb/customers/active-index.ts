/** The index `active`: the enrollments inside a journey, by the time at which they are due. */

import type { Store } from "../../../app/store.ts";
import { PARKED_DUE } from "../../../domain/enrollment/parking.ts";
import { parts } from "../../../domain/enrollment/part.ts";
import type { InsidePlace } from "../../../domain/journey/status-work.ts";
import type { Time } from "../../../domain/time/time.ts";
import { activeShard, enrollmentIdIn, enrollmentKey, UNSTOPPED } from "../customer-items.ts";
import { ACTIVE_INDEX } from "../indexes.ts";
import type { CustomersTable } from "./customers-table.ts";
import { overdueIn } from "./overdue.ts";

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

/** `journeyIds`: the ids of all journeys, each of which has shards of its own. */
export function activeIndex(
  { name: customers, query }: CustomersTable,
  journeyIds: () => Promise<readonly string[]>,
): Pick<Store, "inside" | "parked" | "overdue" | "unstopped"> {
  async function* active(
    journeyId: string,
    part?: number,
    { due = "", values = {}, after }: ActiveRange = {},
  ): AsyncGenerator<InsidePlace> {
    for (const each of part === undefined ? parts : [part]) {
      const shard = activeShard(journeyId, each);
      for await (const { customerId, sk, dueAt } of query({
        IndexName: ACTIVE_INDEX,
        KeyConditionExpression: `active = :shard${due && ` AND ${due}`}`,
        ExpressionAttributeValues: { ":shard": shard, ...values },
        ...(after && { ExclusiveStartKey: placeKey(shard, after) }),
      }))
        yield { customerId, enrollmentId: enrollmentIdIn(sk as string), dueAt } as InsidePlace;
    }
  }

  return {
    inside: (journeyId, part, after) => active(journeyId, part, { after }),

    parked: (journeyId, part) => active(journeyId, part, { due: "dueAt = :parked", values: { ":parked": PARKED_DUE } }),

    async *overdue(before, held) {
      const shards = (await journeyIds()).flatMap((journeyId) =>
        parts.map((part) => ({ name: activeShard(journeyId, part), isHeld: held?.has(journeyId) ?? false })),
      );
      yield* overdueIn(customers, shards, before);
    },

    unstopped: () => active(UNSTOPPED),
  };
}
