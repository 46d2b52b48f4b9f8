/**
 * The journeys table holds the documents that admins edit (`version` = `current`), the frozen versions (`v1`, `v2` …),
 * and one pointer for each journey, which says which version and status are live. The pointers of journeys that are or
 * were live share the key `~live`, so one query lists these journeys, and no function ever scans the table. A draft
 * that was never live has its pointer under `~drafts`, where no function looks for events that trigger it.
 *
 * Pointers are cached for a few seconds.
 */
import type { Journeys, StoredJourneys } from "../../app/ports.ts";
import type { Segments } from "../../app/segment-ports.ts";
import { type Catalog, catalogOf, type LiveJourney } from "../../domain/journey/catalog.ts";
import { withNames } from "../../domain/journey/component-names.ts";
import { SegmentResolver } from "../../domain/segments/segment-resolver.ts";
import { type Json, same } from "../../domain/values/json.ts";
import { queried } from "./client.ts";
import { freshCache } from "./fresh-cache.ts";
import { DRAFTS, LIVE } from "./journey-keys.ts";
import { type Pointer, pointerIn, stopOf, toPointer } from "./journey-pointer.ts";
import { journeyVersions } from "./journey-versions.ts";

export const FRESH_FOR_MILLISECONDS = 5_000;
/**
 * Used by the function that sends: five seconds after the save of a stop, the journey sends nothing any more. The
 * stream takes up to a second to bring the save, and a call that has read the journey takes up to a second to send.
 */
export const FRESH_FOR_SENDING_MILLISECONDS = 3_000;

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

interface Cached {
  ids(): Promise<readonly string[]>;
  /** A version that this process has stored. */
  remember(version: Record<string, unknown>): void;
  /** Forgets the cached pointers, so that they are read again. */
  forget(): void;
}

export type CachedJourneys = Journeys & Cached;
export type CachedStoredJourneys = StoredJourneys & Cached;

const unchanged = (a: unknown, b: unknown) => same(a as Json, b as Json);

/** `freshFor`: how many milliseconds old the cached pointers may be. `segments`: where the live segments are. */
export function dynamodbJourneys(table: string, freshFor: number, segments: Pick<Segments, "get">): CachedJourneys {
  const stored = dynamodbStoredJourneys(table, freshFor);
  const resolver = new SegmentResolver(segments);
  return {
    ...stored,
    segmentsPutIn: true,
    catalog: async () => resolver.catalog(await stored.catalog()),
    async live(journeyId) {
      const live = await stored.live(journeyId);
      return live && resolver.live(live);
    },
    async liveNow(journeyId) {
      const live = await stored.liveNow(journeyId);
      return live && resolver.live(live);
    },
    async version(journeyId, version) {
      const journey = await stored.version(journeyId, version);
      return journey && resolver.journey(journey);
    },
  };
}

export function dynamodbStoredJourneys(table: string, freshFor: number): CachedStoredJourneys {
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
    const pointer = (await pointerIn(table, LIVE, journeyId)) ?? (await pointerIn(table, DRAFTS, journeyId));
    if (before?.live && unchanged(pointer, before.pointer)) return before;
    if (!pointer) return { pointer, live: undefined };
    if (!pointer.draft) await versions.version(journeyId, pointer.number);
    return { pointer, live: liveOf(pointer) };
  }

  function liveOf(pointer: Pointer): LiveJourney | undefined {
    const {
      journeyId,
      number,
      status,
      name,
      names,
      at,
      awaited = [],
      draft,
      order,
      beforeHold,
      goalsChangedAt,
    } = pointer;
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
        ...(goalsChangedAt !== undefined && { goalsChangedAt }),
      }
    );
  }

  return {
    catalog: async () => (await current()).catalog,

    async ids() {
      // A journey that was never live has no customers inside.
      return (await current()).pointers.flatMap(({ journeyId, draft }) => (draft ? [] : [journeyId]));
    },

    /**
     * A function that has read all live journeys looks there first. A function that has not read all live journeys
     * reads one pointer.
     */
    async live(journeyId) {
      const all = views.has(LIVE) ? await current() : undefined;
      return all?.lives.get(journeyId) ?? (await oneViews.get(journeyId)).live;
    },

    liveNow: async (journeyId) => (await readOne(journeyId, undefined)).live,

    async stoppedSince(moment) {
      const { pointers } = await current();
      return pointers.filter((pointer) => (stopOf(pointer) ?? "") > moment).map(({ journeyId }) => journeyId);
    },

    async held() {
      return (await current()).pointers.filter(({ status }) => status === "held").map(({ journeyId }) => journeyId);
    },

    version: (journeyId, version) => versions.version(journeyId, version),
    newest: (journeyId) => versions.newest(journeyId),

    remember: versions.remember,

    forget() {
      views.forget();
      oneViews.forget();
    },
  };
}
