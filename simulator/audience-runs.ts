/** The audience runs of a simulation: runs that schedules and dates start, and runs from the scenario's `entries`. */

import type { EnrollmentPorts, Schedules } from "../lambdas/app/ports.ts";
import { considerCustomer } from "../lambdas/app/runs/consider-customer.ts";
import { journeyOfRun } from "../lambdas/app/runs/run-journey.ts";
import { check } from "../lambdas/domain/documents/problem.ts";
import { members } from "../lambdas/domain/documents/unchecked-document.ts";
import { schedule } from "../lambdas/domain/journey/trigger.ts";
import {
  type AudienceRun,
  nobodyConsidered,
  type RunResult,
  withConsidered,
} from "../lambdas/domain/schedule/audience-run.ts";
import { nextOccurrence, type Occurrence } from "../lambdas/domain/schedule/occurrence.ts";
import type { RunRecord } from "../lambdas/domain/schedule/run-record.ts";
import { EPOCH, plus, type Time } from "../lambdas/domain/time/time.ts";
import type { RunLine } from "./timeline.ts";
import type { VirtualClock } from "./virtual-clock.ts";

interface World {
  readonly clock: VirtualClock;
  enrollmentPorts(): EnrollmentPorts;
  /** The run, with the conditions of segments put into its audience. */
  resolved(run: AudienceRun): Promise<AudienceRun>;
  /** The customers with a profile, in the order in which they were first stored. */
  customerIds(): string[];
  /** Stores a run that is over. */
  ended(run: RunRecord): Promise<void>;
  print(line: RunLine): void;
  warn(text: string): void;
}

export class AudienceRuns implements Schedules {
  private readonly world: World;
  /** The cancellation of the planned occurrence of each journey. */
  private readonly planned = new Map<string, { readonly cancel: () => void; readonly next: Occurrence }>();
  private readonly underWay = new Set<string>();
  private readonly numbers = new Map<string, number>();

  constructor(world: World) {
    this.world = world;
  }

  async arm(journeyId: string, next: Occurrence | undefined): Promise<void> {
    this.planned.get(journeyId)?.cancel();
    this.planned.delete(journeyId);
    if (!next) return;
    const cancel = this.world.clock.plan(next.at, "world", () => this.occur(journeyId, next));
    this.planned.set(journeyId, { cancel, next });
  }

  async armed(journeyId: string): Promise<Occurrence | undefined> {
    return this.planned.get(journeyId)?.next;
  }

  private async occur(journeyId: string, { at, local }: Occurrence): Promise<void> {
    const live = await this.world.enrollmentPorts().journeys.live(journeyId);
    if (live?.journey.status !== "active") return;
    await this.arm(journeyId, nextOccurrence(live.journey, at));
    await this.start({ journeyId, aim: { kind: "all" }, ...(local !== undefined && { local }) });
  }

  /** Starts a run. If an earlier run of the journey is still under way, the new run is skipped. */
  async start(run: Omit<AudienceRun, "runId" | "startedAt">): Promise<void> {
    const { journeyId, aim } = run;
    if (this.underWay.has(journeyId)) {
      this.world.warn(`a run of "${journeyId}" was skipped, because the run before it was still under way`);
      return;
    }
    const number = (this.numbers.get(journeyId) ?? 0) + 1;
    this.numbers.set(journeyId, number);
    this.underWay.add(journeyId);
    const customerIds = aim.kind === "customers" ? [...new Set(aim.customerIds)] : this.world.customerIds();
    const live = await this.world.enrollmentPorts().journeys.live(journeyId);
    const started: Progress = {
      run: { ...run, runId: `${journeyId}-${number}`, startedAt: this.world.clock.now() },
      version: live?.version ?? 0,
      left: customerIds,
      result: nobodyConsidered,
      entries: [],
    };
    await this.goOn(started);
  }

  /** Considers customers until none is left, or until the rate lets no more in for now. */
  private async goOn({ run, version, left, result: before, entries }: Progress): Promise<void> {
    const { clock } = this.world;
    const ports = this.world.enrollmentPorts();
    const resolved = await this.world.resolved(run);
    let result = before;
    for (const [index, customerId] of left.entries()) {
      const live = await journeyOfRun({ ...run, version }, ports);
      if (!live) break;
      const free = freeAt(live.journey.trigger.rate, entries);
      if (free !== undefined && free > clock.now()) {
        const rest: Progress = { run, version, left: left.slice(index), result, entries };
        clock.plan(free, "world", () => this.goOn(rest));
        return;
      }
      const considered = await considerCustomer(resolved, customerId, live, ports);
      if (considered.kind === "entered") entries.push(clock.now());
      result = withConsidered(result, considered);
    }
    this.underWay.delete(run.journeyId);
    await this.world.ended({ ...run, state: "ended", version, parts: 1, endedAt: clock.now(), result, undecided: 0 });
    this.world.print({ at: clock.now(), kind: "run", journeyId: run.journeyId, runId: run.runId, ...result });
  }
}

/** The start of the only run of a journey with `schedule.at`. The document may have problems. */
export function onlyOccurrence(document: unknown): Time | undefined {
  const { trigger, timezone } = members(document);
  const { at, timezone: zone } = members(members(trigger).schedule);
  const checked = check(schedule, { at, timezone: zone ?? timezone });
  return "value" in checked ? nextOccurrence({ trigger: { schedule: checked.value } }, EPOCH)?.at : undefined;
}

interface Progress {
  readonly run: AudienceRun;
  /** The version that was live at the start. */
  readonly version: number;
  readonly left: readonly string[];
  readonly result: RunResult;
  /** When the run let customers in. */
  readonly entries: Time[];
}

/**
 * When the rate lets the next customer in. After `max` entries within `per`, this is the time at which the oldest of
 * them is `per` ago.
 */
function freeAt(rate: { max: number; per: string } | undefined, entries: readonly Time[]): Time | undefined {
  const oldest = rate && entries.at(-rate.max);
  return oldest && rate ? plus(oldest, rate.per) : undefined;
}
