/**
 * The frozen versions of journeys. A version never changes, so it is remembered for as long as the process lives. A
 * version that was not found is read again. Reads are consistent: a version is written just before the pointer that
 * names it.
 */
import type { Journey } from "../../domain/journey/journey.ts";
import { itemAt, itemsAt, queried } from "./client.ts";
import { readable } from "./items/item-format.ts";
import { type JourneyKey, versionKey } from "./journey-keys.ts";

const nameOf = ({ id, version }: JourneyKey) => `${id} ${version}`;

export function journeyVersions(table: string) {
  const versions = new Map<string, Journey>();

  /** The version is not checked again: the publisher checked it, and only the publisher writes versions. */
  function remember(item: Record<string, unknown>): Journey {
    const journey = readable("version", item) as unknown as Journey;
    versions.set(nameOf(item as unknown as JourneyKey), journey);
    return journey;
  }

  return {
    remember,
    remembered: (journeyId: string, version: number) => versions.get(nameOf(versionKey(journeyId, version))),

    /** Reads the versions that are not remembered yet. */
    async fetch(asked: readonly { readonly journeyId: string; readonly number: number }[]): Promise<void> {
      const keys = asked
        .filter(({ number }) => number > 0)
        .map(({ journeyId, number }) => versionKey(journeyId, number))
        .filter((key) => !versions.has(nameOf(key)));
      for await (const item of itemsAt(table, keys)) remember(item);
    },

    async version(journeyId: string, version: number): Promise<Journey | undefined> {
      const key = versionKey(journeyId, version);
      const remembered = versions.get(nameOf(key));
      if (remembered) return remembered;
      const item = await itemAt(table, key);
      return item && remember(item);
    },

    async newest(journeyId: string): Promise<{ version: number; journey: Journey } | undefined> {
      let version = 0;
      for await (const item of queried({
        TableName: table,
        KeyConditionExpression: "id = :id AND begins_with(version, :v)",
        ExpressionAttributeValues: { ":id": journeyId, ":v": "v" },
        ProjectionExpression: "version",
        ConsistentRead: true,
      }))
        version = Math.max(version, Number((item.version as string).slice(1)));
      const journey = version > 0 ? await this.version(journeyId, version) : undefined;
      return journey && { version, journey };
    },
  };
}
