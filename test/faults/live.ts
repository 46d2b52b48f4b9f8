/** Runs random schedules. The first one that breaks a law is shrunk and can be replayed. */
import * as fc from "fast-check";
import { randomMigration } from "./migration-schedules.ts";
import { lifeOf, randomSchedule, type Schedule } from "./schedules.ts";
import type { FaultKind } from "./services/faults.ts";
import { RunawayError } from "./services/scheduler.ts";
import { FaultWorld } from "./world.ts";

export interface LivedThrough {
  readonly schedules: number;
  readonly steps: number;
  /** The customers that were migrated. */
  readonly moved: number;
  /** The text messages and WhatsApp messages that were sent, and the messages of customers that the system received. */
  readonly texts: number;
  readonly answers: number;
  readonly struck: Partial<Record<FaultKind, number>>;
  /** The broken laws of the smallest schedule found, and the arguments that replay it. */
  readonly broken?: { readonly laws: readonly string[]; readonly replay: string; readonly schedule: Schedule };
}

const random = { schedules: randomSchedule, migrations: randomMigration };

/** Runs one schedule to its end. */
export async function live(schedule: Schedule): Promise<FaultWorld> {
  const world = new FaultWorld(lifeOf(schedule));
  try {
    await world.live();
  } catch (error) {
    if (!(error instanceof RunawayError)) throw error;
    world.ledger.violate(`runaway: ${error.message}`);
  }
  return world;
}

/** `of`: which schedules. */
export async function liveThrough(
  seed: number,
  schedules: number,
  { path, of = "schedules" }: { readonly path?: string | undefined; readonly of?: keyof typeof random } = {},
): Promise<LivedThrough> {
  const struck: Partial<Record<FaultKind, number>> = {};
  let [lived, steps, moved, texts, answers] = [0, 0, 0, 0, 0];
  const property = fc.asyncProperty(random[of], async (schedule) => {
    const { ledger, scheduler, faults } = await live(schedule);
    lived++;
    steps += scheduler.steps;
    moved += ledger.moved;
    texts += ledger.texts.sent.length;
    answers += ledger.texts.decisions.length;
    for (const [kind, count] of Object.entries(faults.struck) as [FaultKind, number][])
      struck[kind] = (struck[kind] ?? 0) + count;
    if (ledger.violations.length > 0) throw new BrokenLaws(ledger.violations);
  });
  const result = await fc.check(property, { seed, numRuns: schedules, ...(path !== undefined && { path }) });
  const through = { schedules: lived, steps, moved, texts, answers, struck };
  if (!result.failed) return through;
  const { counterexample, counterexamplePath, errorInstance } = result;
  const laws = errorInstance instanceof BrokenLaws ? errorInstance.laws : [String((errorInstance as Error)?.stack)];
  const [schedule] = counterexample as [Schedule];
  return {
    ...through,
    broken: { laws, replay: `--only ${of} --seed ${seed} --path ${counterexamplePath}`, schedule },
  };
}

class BrokenLaws extends Error {
  override name = "BrokenLaws";
  readonly laws: readonly string[];

  constructor(laws: readonly string[]) {
    super(laws.join("\n"));
    this.laws = laws;
  }
}
