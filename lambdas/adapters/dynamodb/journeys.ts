/**
 * The journeys table holds the documents that admins edit (`version` = `current`), the frozen versions (`v1`, `v2` …),
 * and one pointer for each journey, which says which version and status are live. All pointers share the key `~live`,
 * so one query lists every live journey, and no function ever scans the table. A draft that was never live has its
 * pointer under `~drafts`, where no function looks for events that trigger it.
 *
 * Pointers are cached for a few seconds.
 */
import { GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { ConflictError } from "../../app/errors.ts";
import type { Journeys, Publication, Save } from "../../app/ports.ts";
import { type Catalog, catalogOf, type LiveJourney } from "../../domain/journey/catalog.ts";
import { componentNames, withNames } from "../../domain/journey/component-names.ts";
import { type Json, same } from "../../domain/values/json.ts";
import { dynamodb, queried, translated } from "./client.ts";
import { freshCache } from "./fresh-cache.ts";
import { DRAFTS, documentKey, LIVE } from "./journey-keys.ts";
import { type Pointer, stopOf, toPointer } from "./journey-pointer.ts";
import { journeyVersions } from "./journey-versions.ts";

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

interface View {
  readonly pointers: readonly Pointer[];
  readonly lives: ReadonlyMap<string, LiveJourney>;
  readonly catalog: Catalog;
}

/** One journey: its pointer, and what the pointer names. */
interface OneView {
  readonly pointer: Pointer | undefined;
  readonly live: LiveJourney | undefined;
}

const unchanged = (a: unknown, b: unknown) => same(a as Json, b as Json);

/** `freshFor`: how many milliseconds old the cached pointers may be. */
export function dynamodbJourneys(table: string, freshFor: number): Journeys & { ids(): Promise<readonly string[]> } {
  const versions = journeyVersions(table);
  const views = freshCache<View>(freshFor, (_, before) => readAll(before));
  const oneViews = freshCache<OneView>(freshFor, readOne);

  const current = () => views.get(LIVE);

  async function readAll(before: View | undefined): Promise<View> {
    const items = queried({
      TableName: table,
      KeyConditionExpression: "id = :live",
      ExpressionAttributeValues: { ":live": LIVE },
      ConsistentRead: true,
    });
    const pointers = await Array.fromAsync(items, toPointer);
    // If a version was missing at the last read, read it again even though no pointer has changed.
    if (before && before.lives.size === before.pointers.length && unchanged(pointers, before.pointers)) return before;
    await versions.fetch(pointers);
    const lives = new Map(pointers.flatMap((pointer) => liveOf(pointer) ?? []).map((live) => [live.journey.id, live]));
    return { pointers, lives, catalog: catalogOf(lives.values()) };
  }

  async function readOne(journeyId: string, before: OneView | undefined): Promise<OneView> {
    const pointer = (await pointerIn(LIVE, journeyId)) ?? (await pointerIn(DRAFTS, journeyId));
    if (before?.live && unchanged(pointer, before.pointer)) return before;
    if (!pointer) return { pointer, live: undefined };
    if (!pointer.draft) await versions.version(journeyId, pointer.number);
    return { pointer, live: liveOf(pointer) };
  }

  async function pointerIn(id: string, journeyId: string): Promise<Pointer | undefined> {
    const Key = { id, version: journeyId };
    const { Item } = await translated(dynamodb.send(new GetCommand({ TableName: table, Key, ConsistentRead: true })));
    return Item && toPointer(Item);
  }

  function liveOf(pointer: Pointer): LiveJourney | undefined {
    const { journeyId, number, status, name, names, at, awaited = [], draft, order, beforeHold } = pointer;
    const stoppedAt = stopOf(pointer);
    const content = draft ?? versions.remembered(journeyId, number);
    return (
      content && {
        version: number,
        journey: withNames({ ...content, status, name }, names),
        publishedAt: at,
        awaited,
        ...(order !== undefined && { order }),
        ...(beforeHold !== undefined && { beforeHold }),
        ...(stoppedAt !== undefined && { stoppedAt }),
      }
    );
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

  /** Earlier releases stored drafts beside the live pointers. Such a draft stays there until it goes live. */
  async function placeOfDraft(journeyId: string): Promise<string> {
    return (await pointerIn(LIVE, journeyId)) ? LIVE : DRAFTS;
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

    /** Functions that need no other journey read one pointer. */
    async live(journeyId) {
      return views.fresh(LIVE)?.lives.get(journeyId) ?? (await oneViews.get(journeyId)).live;
    },

    async stoppedSince(moment) {
      const { pointers } = await current();
      return pointers.filter((pointer) => (stopOf(pointer) ?? "") > moment).map(({ journeyId }) => journeyId);
    },

    async held() {
      return (await current()).pointers.filter(({ status }) => status === "held").map(({ journeyId }) => journeyId);
    },

    version: (journeyId, version) => versions.version(journeyId, version),
    newest: (journeyId) => versions.newest(journeyId),
    freeze: (journey, version) => versions.freeze(journey, version),

    async publish(journeyId, live, publication: Publication, save: Save = { document: undefined }) {
      if (live) {
        const { status, name } = live.journey;
        const names = componentNames(live.journey);
        const { version: number, awaited } = live;
        const { at } = publication;
        const draft = number === 0 ? { draft: live.journey } : {};
        const { beforeHold, stoppedAt } = live;
        const more = { beforeHold, stoppedAt, ...draft };
        const id = number === 0 ? await placeOfDraft(journeyId) : LIVE;
        const isWritten = await point(
          { id, version: journeyId, number, status, name, names, at, awaited, ...more },
          save.order,
        );
        views.forget();
        oneViews.forget();
        if (!isWritten) return false;
      }
      await answer(journeyId, publication, save);
      return true;
    },
  };
}
