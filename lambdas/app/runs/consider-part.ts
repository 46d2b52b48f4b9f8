/**
 * Works through one part of an audience run, page by page. The part counts the customers who are refused, and puts the
 * others on the queue. The function behind the queue decides again and lets them in. `domain/schedule/run-record.ts`
 * says in which order it writes. The call may die anywhere and may run twice at the same time, because one write
 * decides a page.
 */

import type { Customer } from "../../domain/customer/customer.ts";
import type { LiveJourney } from "../../domain/journey/catalog.ts";
import {
  type Considered,
  nobodyConsidered,
  type RunRef,
  type RunResult,
  sumOf,
  withConsidered,
} from "../../domain/schedule/audience-run.ts";
import { takeTurns } from "../../domain/schedule/run-rate.ts";
import { newPart, type RunPart, type RunRecord } from "../../domain/schedule/run-record.ts";
import { resolvedRun } from "../../domain/segments/segment-resolver.ts";
import type { Time } from "../../domain/time/time.ts";
import { ConflictError, throwFirst } from "../errors.ts";
import { inParallel } from "../in-parallel.ts";
import type { Ports } from "../ports.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import type { ProfilePage } from "../run-ports.ts";
import { previewCustomer } from "./judge-customer.ts";
import { journeyOfRun } from "./run-journey.ts";

export type PartPorts = Pick<Ports, "clock" | "store" | "journeys" | "segments" | "runs" | "profiles" | "entries">;

export type PartInstruction =
  | { readonly next: "done" }
  /** The call's time is over. */
  | { readonly next: "continue" }
  /** The rate of the journey lets in no more customers for now. */
  | { readonly next: "wait"; readonly until: Time };

/** Conditions that count events read those events, so only this many customers are evaluated at a time. */
const AT_ONCE = 16;
/** A part of a list is taken in pages of this size. */
const LIST_PAGE = 200;

export async function considerPart(
  ref: RunRef & { readonly part: number },
  ports: PartPorts,
  isOver = () => false,
): Promise<PartInstruction> {
  let state = await stored(ref, ports);
  await ports.entries.add(ref, state.queued);
  while (!state.isComplete) {
    if (isOver()) return { next: "continue" };
    const run = await ports.runs.get(ref);
    if (run?.state !== "under-way") return { next: "done" };
    const decided = await decidePage(await resolvedRun(run, ports.segments), state, ports);
    if ("next" in decided) return decided;
    try {
      await ports.runs.putPart(decided);
      state = decided;
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      state = await stored(ref, ports);
    }
    await ports.entries.add(ref, state.queued);
  }
  return { next: "done" };
}

async function stored(ref: RunRef & { readonly part: number }, { runs }: Pick<Ports, "runs">): Promise<RunPart> {
  return (await runs.part(ref, ref.part)) ?? newPart(ref, ref.part);
}

/** The part after its next page, or an instruction if the rate lets no customer of it in yet. */
async function decidePage(run: RunRecord, part: RunPart, ports: PartPorts): Promise<RunPart | PartInstruction> {
  const live = await journeyOfRun(run, ports);
  const revision = part.revision + 1;
  if (!live || run.cancelledAt !== undefined) {
    const result = sumOf(part.result, await unconsidered(run, part, ports));
    return { ...part, isComplete: true, queued: [], result, revision };
  }
  const { customers, places, next } = await pageOf(run, part, ports);
  const decisions = await decide(run, customers, live, ports);
  const entering = decisions.filter(({ enters }) => enters);
  const turns = await takenTurns(run, live, entering.length, ports);
  if (typeof turns === "string") return { next: "wait", until: turns };
  // The customers from the first one without a turn on are judged when their turn comes.
  const end = turns < entering.length ? decisions.indexOf(entering[turns] as Decision) : decisions.length;
  const decided = decisions.slice(0, end);
  const queued = decided.filter(({ considered }) => considered === undefined).map(({ customerId }) => customerId);
  const after = end === decisions.length ? next : (places[end - 1] ?? part.after);
  const { after: _, ...rest } = part;
  return {
    ...rest,
    ...(after !== undefined && { after }),
    isComplete: after === undefined,
    queued,
    sum: part.sum + queued.length,
    result: decided.reduce((sum, { considered }) => (considered ? withConsidered(sum, considered) : sum), part.result),
    revision,
  };
}

/** The number of remaining customers is known for a list, but not for the table. */
async function unconsidered(run: RunRecord, { part, after }: RunPart, { runs }: PartPorts): Promise<RunResult> {
  if (run.aim.kind !== "customers") return nobodyConsidered;
  const left = (await runs.list(run, part)).length - Number(after ?? 0);
  return left === 0 ? nobodyConsidered : { considered: left, entered: 0, refused: { "run-cancelled": left } };
}

interface Decision {
  readonly customerId: string;
  /** Whether the customer would enter now. */
  readonly enters: boolean;
  /** Absent: the function of the queue decides. */
  readonly considered?: Considered;
}

/** The function of the queue also refuses the customers of a list, because it stores the reason of each. */
async function decide(
  run: RunRecord,
  customers: readonly Customer[],
  live: LiveJourney,
  ports: PartPorts,
): Promise<readonly Decision[]> {
  const decisions: Decision[] = [];
  const failures = await inParallel(customers.entries(), AT_ONCE, async ([index, customer]) => {
    const { customerId } = customer;
    const considered = await previewCustomer(run, customer, live, ports);
    const enters = considered.kind === "entered";
    decisions[index] = { customerId, enters, ...(!enters && run.aim.kind !== "customers" && { considered }) };
  });
  throwFirst(failures);
  return decisions;
}

async function pageOf(
  run: RunRecord,
  { part, after }: RunPart,
  { profiles, runs, store }: PartPorts,
): Promise<ProfilePage> {
  if (run.aim.kind !== "customers") return profiles.page(part, run.parts, after);
  const all = await runs.list(run, part);
  const start = Number(after ?? 0);
  const end = Math.min(all.length, start + LIST_PAGE);
  const customers = await Promise.all(all.slice(start, end).map((customerId) => store.customer(customerId)));
  const places = customers.map((_, index) => String(start + index + 1));
  return { customers, places, ...(end < all.length && { next: String(end) }) };
}

/** How many of the customers may enter now; or the time of the next turn, if none may. */
function takenTurns(
  run: RunRecord,
  { journey }: LiveJourney,
  wanted: number,
  { runs, clock }: PartPorts,
): Promise<number | Time> {
  const { rate } = journey.trigger;
  return retryOnConflict(async () => {
    if (!rate || wanted === 0) return wanted;
    const taken = takeTurns(await runs.turns(run), rate, wanted, clock.now());
    if (taken.kind === "none") return taken.next;
    await runs.putTurns(run, taken.turns);
    return taken.count;
  });
}
