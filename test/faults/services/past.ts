/** The state a few seconds ago, for reads that may be stale: caches of journeys and global indexes. */
import type { Journeys } from "../../../lambdas/app/ports.ts";
import type { EnrollmentRef, Store } from "../../../lambdas/app/store.ts";
import type { Enrollment } from "../../../lambdas/domain/enrollment/enrollment.ts";
import { PARKED_DUE } from "../../../lambdas/domain/enrollment/parking.ts";
import { partOf } from "../../../lambdas/domain/enrollment/part.ts";
import { type Catalog, catalogOf, type LiveJourney } from "../../../lambdas/domain/journey/catalog.ts";
import { minus, type Time } from "../../../lambdas/domain/time/time.ts";
import type { MemoryJourneys } from "../../../simulator/memory-journeys.ts";
import { byPlace, placeOf } from "../../../simulator/memory-tables.ts";
import type { Past } from "./faults.ts";
import type { Scheduler } from "./scheduler.ts";

/** Functions read the journeys again when their view is this old. */
const VIEW = "PT5S";
/** An index is usually less than a second behind, but DynamoDB guarantees nothing. */
const INDEX = "PT5S";

export class Memories implements Past {
  readonly journeys: Journeys;
  readonly store: Pick<Store, "inside" | "overdue" | "parked">;
  private readonly views: { readonly until: Time; readonly lives: readonly LiveJourney[] }[] = [];
  private readonly indexed: { readonly until: Time; readonly before: Enrollment | undefined; readonly of: string }[] =
    [];
  private readonly current = new Map<string, Enrollment>();
  private readonly clock: Scheduler;
  private readonly now: MemoryJourneys;

  constructor(clock: Scheduler, journeys: MemoryJourneys) {
    this.clock = clock;
    this.now = journeys;
    const view = () => this.views.find(({ until }) => until >= minus(clock.now(), VIEW))?.lives ?? [...journeys.all()];
    const live = async (journeyId: string) => view().find(({ journey }) => journey.id === journeyId);
    const catalog = async (): Promise<Catalog> => catalogOf(view());
    this.journeys = new Proxy(journeys, {
      get: (target, member) =>
        member === "live" ? live : member === "catalog" ? catalog : Reflect.get(target, member).bind(target),
    });
    const all = () => this.asIndexed();
    this.store = {
      async *inside(journeyId, part, after) {
        const places = all()
          .filter((enrollment) => enrollment.journeyId === journeyId && isIn(enrollment, part))
          .map((enrollment) => placeOf(refOf(enrollment), enrollment));
        yield* places.sort(byPlace).filter((place) => after === undefined || byPlace(place, after) > 0);
      },
      async *overdue(before, held = new Set()) {
        for (const enrollment of all()) {
          const { dueAt, journeyId } = enrollment;
          const isParked = dueAt === PARKED_DUE && held.has(journeyId);
          if (dueAt !== undefined && dueAt < before && !isParked) yield refOf(enrollment);
        }
      },
      async *parked(journeyId, part) {
        for (const enrollment of all())
          if (enrollment.journeyId === journeyId && enrollment.dueAt === PARKED_DUE && isIn(enrollment, part))
            yield refOf(enrollment);
      },
    };
  }

  /** Records the journeys that were live until now. */
  replaced(lives: readonly LiveJourney[]): void {
    this.views.push({ until: this.clock.now(), lives });
  }

  /** Whether a journey has been active all the time since then. */
  wasActive(journeyId: string, since: Time): boolean {
    const views = this.views.flatMap(({ until, lives }) => (until >= since ? [lives] : []));
    return [...views, [...this.now.all()]].every((lives) =>
      lives.some(({ journey }) => journey.id === journeyId && journey.status === "active"),
    );
  }

  /** Records a change of an enrollment. */
  changed(before: Enrollment | undefined, after: Enrollment): void {
    this.indexed.push({ until: this.clock.now(), before, of: after.enrollmentId });
    this.current.set(after.enrollmentId, after);
  }

  private asIndexed(): Enrollment[] {
    const since = minus(this.clock.now(), INDEX);
    const then = new Map(this.current);
    for (const { until, before, of } of this.indexed.toReversed()) {
      if (until < since) break;
      if (before) then.set(of, before);
      else then.delete(of);
    }
    return [...then.values()].filter(({ status }) => status === "active");
  }
}

function isIn({ enrollmentId }: Enrollment, part: number | undefined): boolean {
  return part === undefined || partOf(enrollmentId) === part;
}

function refOf({ customerId, enrollmentId }: Enrollment): EnrollmentRef {
  return { customerId, enrollmentId };
}
