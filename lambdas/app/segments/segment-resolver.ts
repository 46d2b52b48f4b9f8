/**
 * Puts the live conditions of segments into journeys as they are read. A journey that names no segment costs nothing and
 * stays the same object. The result is kept until a segment changes, because compiled conditions are found by their object.
 */
import type { Condition } from "../../domain/conditions/condition.ts";
import { type Catalog, catalogOf, type LiveJourney } from "../../domain/journey/catalog.ts";
import type { Journey } from "../../domain/journey/journey.ts";
import type { AudienceRun } from "../../domain/schedule/audience-run.ts";
import { namedSegments, segmentsIn } from "../../domain/segments/named-segments.ts";
import { resolveCondition, resolveJourney, type SegmentConditions } from "../../domain/segments/resolve-segments.ts";
import type { Segments } from "../ports.ts";

interface Resolved<T> {
  readonly by: SegmentConditions;
  readonly value: T;
}

type ReadSegments = Pick<Segments, "get">;

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
    return named.length === 0 ? journey : this.resolved(journey, await withNested(named, this.segments));
  }

  async live(live: LiveJourney): Promise<LiveJourney> {
    const journey = await this.journey(live.journey);
    return journey === live.journey ? live : { ...live, journey };
  }

  async catalog(catalog: Catalog): Promise<Catalog> {
    const named = new Set(catalog.journeys.flatMap(({ journey }) => this.namedIn(journey)));
    if (named.size === 0) return catalog;
    const by = await withNested([...named], this.segments);
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
  return { ...run, aim: { ...aim, where: resolveCondition(aim.where, await withNested(named, segments)) } };
}

/** The conditions of these segments and of the segments that they name. */
async function withNested(named: readonly string[], segments: ReadSegments): Promise<SegmentConditions> {
  const found = new Map<string, Condition>();
  const asked = new Set<string>();
  for (let next = [...named]; next.length > 0; ) {
    for (const id of next) asked.add(id);
    const read = await Promise.all(next.map(async (id) => [id, await segments.get(id)] as const));
    for (const [id, condition] of read) if (condition) found.set(id, condition);
    const nested = read.flatMap(([, condition]) => segmentsIn(condition));
    next = [...new Set(nested)].filter((id) => !asked.has(id));
  }
  return found;
}

function isSame(a: SegmentConditions, b: SegmentConditions): boolean {
  if (a === b) return true;
  for (const id of new Set([...a.keys(), ...b.keys()])) if (a.get(id) !== b.get(id)) return false;
  return true;
}
