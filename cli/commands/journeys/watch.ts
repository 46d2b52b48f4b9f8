/** `journeys watch ID`: shows the changes of a journey's counts as they happen. */
import { changesOf, changeTexts } from "../../../insight/funnel/count-changes.ts";
import { count } from "../../../insight/words/count.ts";
import type { Counts } from "../../../lambdas/domain/counters/counts.ts";
import { durationMilliseconds, isDuration } from "../../../lambdas/domain/time/time.ts";
import { noJourney } from "../../../stack/deployed/journey.ts";
import type { Stack } from "../../../stack/stack.ts";
import { UsageError } from "../../../stack/usage-error.ts";
import type { CliCommand } from "../../terminal/command.ts";
import { untilInterrupted } from "../../terminal/interrupt.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonOption, stackOption, withStack } from "../../terminal/on-stack.ts";

export const watchCommand: CliCommand = {
  options: [
    ["--for <duration>", "end after this time, such as PT1M (default: run until Ctrl-C)"],
    ["--every <duration>", "how often to read the counts (default: PT2S)"],
    stackOption,
    jsonOption,
  ],
  notes:
    'Reads the counts again and again, and prints a line when they have changed. The line also names the\ncustomers who have entered since and are still inside, as long as at most 1,000 are inside. Times\nare the stack\'s. --json prints one { "at", "counts", "changes", "entered" } per line; the first has all counts.',
  example: "journeys watch abandoned-cart --for PT10M",
  run: withStack(async (stack, { operands: [id = ""], options }, io) => {
    const [forMs, everyMs] = [millisecondsOf("for", options.for), millisecondsOf("every", options.every) ?? 2000];
    if (!(await isThere(id, stack))) {
      if (Object.keys(await stack.counts(id)).length === 0) throw await noJourney(id, stack);
      throw new UsageError(
        `The journey "${id}" was deleted, so nothing happens in it. See its counts with journeys stats ${id}.`,
      );
    }
    const settings = { json: options.json === true, everyMs, ...(forMs !== undefined && { forMs }) };
    await untilInterrupted((signal) => watch(id, settings, stack, io, signal));
    return 0;
  }),
};

/** A document that was deleted by hand leaves the live version, with the customers inside. */
async function isThere(id: string, stack: Stack): Promise<boolean> {
  return ((await stack.journey(id)) ?? (await stack.ports.journeys.live(id))) !== undefined;
}

interface Options {
  readonly json: boolean;
  readonly everyMs: number;
  readonly forMs?: number;
}

async function watch(id: string, options: Options, stack: Stack, io: Io, interrupted: AbortSignal): Promise<void> {
  const { json, everyMs, forMs = Number.POSITIVE_INFINITY } = options;
  const deadline = io.now() + forMs;
  let before: Counts | undefined;
  const inside = new Inside(id, stack);
  for (;;) {
    const counts = await stack.counts(id);
    const changes = changesOf(before ?? {}, counts);
    // A test stack has a time of its own, which all its other times are in.
    const at = stack.ports.clock.now();
    if (!before) await inside.news(counts);
    const entering = before && (counts.entered ?? 0) > (before.entered ?? 0) ? await inside.news(counts) : [];
    if (json && (!before || changes.length > 0)) io.out(JSON.stringify({ at, counts, changes, entered: entering }));
    else if (!before) io.out(start(id, counts, io));
    else if (changes.length > 0)
      io.out(
        `${io.style("dim", at.slice(11, 19))}  ${[...(entering.length > 0 ? [enteringText(entering)] : []), ...changeTexts(changes)].join(io.style("dim", " · "))}`,
      );
    before = counts;
    if (!(await isThere(id, stack))) {
      io.err(`The journey "${id}" was deleted.`);
      return;
    }
    const left = deadline - io.now();
    if (left <= 0 || !(await slept(Math.min(everyMs, left), interrupted, io))) return;
  }
}

const MOST_NAMED = 5;

function enteringText(customers: readonly string[]): string {
  const more = customers.length - MOST_NAMED;
  return `in: ${customers.slice(0, MOST_NAMED).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/**
 * The customers inside a journey, read repeatedly to find new customers. A customer who leaves between two readings is
 * missed.
 */
class Inside {
  private readonly id: string;
  private readonly stack: Stack;
  private known = new Set<string>();

  constructor(id: string, stack: Stack) {
    this.id = id;
    this.stack = stack;
  }

  /**
   * The customers who were not inside at the last reading. If the journey has very many customers inside, none is
   * returned, because reading them would take too long.
   */
  async news({ active = 0 }: Counts): Promise<string[]> {
    if (active > MOST_READ) return [];
    const found = new Map<string, string>();
    for await (const { customerId, enrollmentId } of this.stack.ports.store.inside(this.id))
      found.set(enrollmentId, customerId);
    const news = [...found].flatMap(([enrollmentId, customerId]) => (this.known.has(enrollmentId) ? [] : [customerId]));
    this.known = new Set(found.keys());
    return news;
  }
}

const MOST_READ = 1_000;

function start(id: string, { entered = 0, active = 0 }: Counts, io: Io): string {
  return `${io.style("bold", id)}: ${count(active, "customer")} inside, ${entered} entered in total. Times are UTC. Ctrl-C ends the command.`;
}

/** `false` when the wait was interrupted. */
function slept(milliseconds: number, signal: AbortSignal, io: Io): Promise<boolean> {
  return io.sleep(milliseconds, signal).then(
    () => true,
    () => false,
  );
}

function millisecondsOf(name: string, given: string | boolean | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (typeof given === "string" && isDuration(given)) {
    const milliseconds = durationMilliseconds(given);
    if (milliseconds > 0) return milliseconds;
  }
  throw new UsageError(`--${name} takes a duration, such as PT1M, not "${given}".`);
}
