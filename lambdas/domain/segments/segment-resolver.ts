/**
 * Puts the live conditions of segments into journeys as they are read. A journey that names no segment is returned
 * unchanged, as the same object. The result is kept until a segment changes, because compiled conditions are found by
 * their object.
 */
import { type Catalog, catalogOf, type LiveJourney } from "../journey/catalog.ts";
import type { Journey } from "../journey/journey.ts";
import type { AudienceRun } from "../schedule/audience-run.ts";
import { namedSegments, segmentsIn } from "./named-segments.ts";
import { resolveCondition, resolveJourney, type SegmentConditions } from "./resolve-segments.ts";

interface Resolved<T> {
  readonly by: SegmentConditions;
  readonly value: T;
}

interface ReadSegments {
  /** The conditions of these segments and of the segments that they name. */
  get(ids: readonly string[]): Promise<SegmentConditions>;
}

export class SegmentResolver {
  private readonly segments: ReadSegments;
  private readonly named = new WeakMap<Journey, readonly string[]>();
  private readonly journeys = new WeakMap<Journey, Resolved<Journey>>();
  private readonly catalogs = new WeakMap<Catalog, Resolved<Catalog>>();

  constructor(segments: ReadSegments) {
    this.segments = segments;
  }

  async journey(journey: Journey): Promise<Journey> {
    const named = this.namedIn(journey);
    return named.length === 0 ? journey : this.resolved(journey, await this.segments.get(named));
  }

  async live(live: LiveJourney): Promise<LiveJourney> {
    const journey = await this.journey(live.journey);
    return journey === live.journey ? live : { ...live, journey };
  }

  async catalog(catalog: Catalog): Promise<Catalog> {
    const named = new Set(catalog.journeys.flatMap(({ journey }) => this.namedIn(journey)));
    if (named.size === 0) return catalog;
    const by = await this.segments.get([...named]);
    const before = this.catalogs.get(catalog);
    if (before && isSame(before.by, by)) return before.value;
    const lives = catalog.journeys.map((live) =>
      this.namedIn(live.journey).length === 0 ? live : { ...live, journey: this.resolved(live.journey, by) },
    );
    const value = catalogOf(lives);
    this.catalogs.set(catalog, { by, value });
    return value;
  }

  private namedIn(journey: Journey): readonly string[] {
    const named = this.named.get(journey) ?? namedSegments(journey);
    this.named.set(journey, named);
    return named;
  }

  private resolved(journey: Journey, by: SegmentConditions): Journey {
    const before = this.journeys.get(journey);
    if (before && isSame(before.by, by)) return before.value;
    const value = resolveJourney(journey, by);
    this.journeys.set(journey, { by, value });
    return value;
  }
}

/** The run, with the live conditions of segments put into its audience. */
export async function resolvedRun<R extends AudienceRun>(run: R, segments: ReadSegments): Promise<R> {
  const { aim } = run;
  if (aim.kind !== "audience") return run;
  const named = segmentsIn(aim.where);
  if (named.length === 0) return run;
  return { ...run, aim: { ...aim, where: resolveCondition(aim.where, await segments.get(named)) } };
}

function isSame(a: SegmentConditions, b: SegmentConditions): boolean {
  if (a === b) return true;
  for (const id of new Set([...a.keys(), ...b.keys()])) if (a.get(id) !== b.get(id)) return false;
  return true;
}
