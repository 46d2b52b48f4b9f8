/**
 * The journeys table holds the documents that admins edit (`version` = `current`), the frozen versions (`v1`, `v2` …),
 * and one pointer for each journey, which says which version and status are live. All pointers share the key `~live`,
 * so one query lists every live journey, and no function ever scans the table.
 *
 * Pointers are cached for a few seconds. Versions never change, so they are cached for as long as the process lives.
 */
import { BatchGetCommand, GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { ConflictError } from "../../app/errors.ts";
import type { Journeys, Publication, Save } from "../../app/ports.ts";
import { type Catalog, catalogOf, type LiveJourney } from "../../domain/journey/catalog.ts";
import { componentNames, withNames } from "../../domain/journey/component-names.ts";
import type { Journey } from "../../domain/journey/journey.ts";
import { type Json, same } from "../../domain/values/json.ts";
import { dynamodb, queried, translated } from "./client.ts";
import { documentKey, type JourneyKey, LIVE, versionKey } from "./journey-keys.ts";
import { type Pointer, stopOf, toPointer } from "./journey-pointer.ts";

export const FRESH_FOR_MILLISECONDS = 5_000;

/** A document without its outcome. A set, which JSON does not have, is a list. */
function contentOf(document: unknown): Json {
  const { publication: _, ...content } = document as Record<string, unknown>;
  return JSON.parse(JSON.stringify(content, (__, value) => (value instanceof Set ? [...value] : value))) as Json;
}

/** Whether the condition of a write held. */
async function unlessConflict(write: Promise<unknown>): Promise<boolean> {
  try {
    await translated(write);
    return true;
  } catch (error) {
    if (error instanceof ConflictError) return false;
    throw error;
  }
}

interface Known {
  readonly readAt: number;
  readonly pointers: readonly Pointer[];
  readonly lives: ReadonlyMap<string, LiveJourney>;
  readonly catalog: Catalog;
}

/** `freshFor`: how many milliseconds old the cached pointers may be. */
export function dynamodbJourneys(table: string, freshFor: number): Journeys & { ids(): Promise<readonly string[]> } {
  const versions = new Map<string, Journey>();
  let known: Known | undefined;
  let reading: Promise<Known> | undefined;

  const cached = ({ id, version }: JourneyKey) => `${id} ${version}`;

  /** All callers that find the cache too old share one read. Without a cache, each caller reads for itself. */
  async function current(): Promise<Known> {
    if (known && performance.now() - known.readAt < freshFor) return known;
    if (freshFor === 0) return refreshed();
    if (!reading) {
      const read = refreshed().finally(() => {
        if (reading === read) reading = undefined;
      });
      reading = read;
    }
    return reading;
  }

  async function refreshed(): Promise<Known> {
    const readAt = performance.now();
    const items = queried({
      TableName: table,
      KeyConditionExpression: "id = :live",
      ExpressionAttributeValues: { ":live": LIVE },
      ConsistentRead: true,
    });
    const pointers = await Array.fromAsync(items, toPointer);
    // If a version was missing at the last read, read it again even though no pointer has changed.
    const complete = known?.lives.size === known?.pointers.length;
    if (known && complete && same(pointers as unknown as Json, known.pointers as unknown as Json)) {
      known = { ...known, readAt };
      return known;
    }
    await fetchVersions(pointers);
    const lives = new Map(pointers.flatMap((pointer) => liveOf(pointer)));
    known = { readAt, pointers, lives, catalog: catalogOf(lives.values()) };
    return known;
  }

  function liveOf(pointer: Pointer): [string, LiveJourney][] {
    const { journeyId, number, status, name, names, at, awaited = [], draft, order, beforeHold } = pointer;
    const stoppedAt = stopOf(pointer);
    const content = draft ?? versions.get(cached(versionKey(journeyId, number)));
    if (!content) return [];
    const live: LiveJourney = {
      version: number,
      journey: withNames({ ...content, status, name }, names),
      publishedAt: at,
      awaited,
      ...(order !== undefined && { order }),
      ...(beforeHold !== undefined && { beforeHold }),
      ...(stoppedAt !== undefined && { stoppedAt }),
    };
    return [[journeyId, live]];
  }

  /** The read is consistent: the version is written just before its pointer, and an older view may not have it yet. */
  async function fetchVersions(pointers: readonly Pointer[]): Promise<void> {
    let keys = pointers
      .filter(({ number }) => number > 0)
      .map(({ journeyId, number }) => versionKey(journeyId, number))
      .filter((key) => !versions.has(cached(key)));
    while (keys.length > 0) {
      const asked = keys.slice(0, 100);
      const { Responses, UnprocessedKeys } = await translated(
        dynamodb.send(new BatchGetCommand({ RequestItems: { [table]: { Keys: asked, ConsistentRead: true } } })),
      );
      for (const item of Responses?.[table] ?? []) remember(item);
      keys = [...((UnprocessedKeys?.[table]?.Keys ?? []) as typeof keys), ...keys.slice(100)];
    }
  }

  /** The version is not checked again: the publisher checked it, and only the publisher writes versions. */
  function remember(item: Record<string, unknown>): Journey {
    const journey = item as unknown as Journey;
    versions.set(cached(item as unknown as JourneyKey), journey);
    return journey;
  }

  /** Writes a pointer. `false`: a newer save is live. */
  function point(pointer: Record<string, unknown>, order: string | undefined): Promise<boolean> {
    const forward = order !== undefined && {
      ConditionExpression: "attribute_not_exists(#order) OR #order <= :order",
      ExpressionAttributeNames: { "#order": "order" },
      ExpressionAttributeValues: { ":order": order },
    };
    const Item = { ...pointer, ...(order !== undefined && { order }) };
    return unlessConflict(dynamodb.send(new PutCommand({ TableName: table, Item, ...forward })));
  }

  /** Writes the outcome into the document, unless the document was edited or deleted since this save. */
  async function answer(journeyId: string, publication: Publication, { document, order }: Save): Promise<void> {
    const Key = documentKey(journeyId);
    if (order !== undefined) {
      const { Item } = await translated(dynamodb.send(new GetCommand({ TableName: table, Key, ConsistentRead: true })));
      if (!Item || !same(contentOf(Item), contentOf(document))) return;
    }
    await unlessConflict(
      dynamodb.send(
        new UpdateCommand({
          TableName: table,
          Key,
          UpdateExpression: "SET publication = :publication",
          ConditionExpression: "attribute_exists(id)",
          ExpressionAttributeValues: { ":publication": publication },
        }),
      ),
    );
  }

  return {
    async catalog() {
      return (await current()).catalog;
    },

    async ids() {
      // A journey that was never live has no customers inside.
      return (await current()).pointers.flatMap(({ journeyId, draft }) => (draft ? [] : [journeyId]));
    },

    async live(journeyId) {
      return (await current()).lives.get(journeyId);
    },

    async stoppedSince(moment) {
      const { pointers } = await current();
      return pointers.filter((pointer) => (stopOf(pointer) ?? "") > moment).map(({ journeyId }) => journeyId);
    },

    async held() {
      return (await current()).pointers.filter(({ status }) => status === "held").map(({ journeyId }) => journeyId);
    },

    async version(journeyId, version) {
      const Key = versionKey(journeyId, version);
      const remembered = versions.get(cached(Key));
      if (remembered) return remembered;
      const { Item } = await translated(dynamodb.send(new GetCommand({ TableName: table, Key, ConsistentRead: true })));
      return Item && remember(Item);
    },

    async newest(journeyId) {
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

    async freeze(journey, version) {
      const { publication: _, ...content } = journey;
      const Item = { ...content, ...versionKey(journey.id, version) };
      await translated(
        dynamodb.send(new PutCommand({ TableName: table, Item, ConditionExpression: "attribute_not_exists(id)" })),
      );
      remember(Item);
    },

    async publish(journeyId, live, publication: Publication, save: Save = { document: undefined }) {
      if (live) {
        const { status, name } = live.journey;
        const names = componentNames(live.journey);
        const { version: number, awaited } = live;
        const { at } = publication;
        const draft = number === 0 ? { draft: live.journey } : {};
        const { beforeHold, stoppedAt } = live;
        const more = { beforeHold, stoppedAt, ...draft };
        const pointer = { id: LIVE, version: journeyId, number, status, name, names, at, awaited, ...more };
        known = undefined;
        reading = undefined;
        if (!(await point(pointer, save.order))) return false;
      }
      await answer(journeyId, publication, save);
      return true;
    },
  };
}
