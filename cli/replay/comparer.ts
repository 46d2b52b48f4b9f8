/** Replays lines of an archive through two sets of documents, and compares the results. Runs in each core. */
import { addCost, type OwnPrices } from "../../insight/cost/bill.ts";
import { Meter } from "../../insight/cost/meter.ts";
import type { Problem } from "../../lambdas/domain/documents/problem.ts";
import type { ArchivedCustomer } from "../../proof/replay/archive.ts";
import { firstDifference } from "../../proof/replay/first-difference.ts";
import { type Documents, type Passage, Replayer, type ReplaySettings } from "../../proof/replay/replayer.ts";
import { addTally, countPassage, emptyTally, type Tally } from "../../proof/replay/tally.ts";
import { type Line, type LineProblem, readLine } from "./line.ts";
import { type ToldDifference, toldDifference } from "./told-difference.ts";

export interface Setup {
  readonly against: Documents;
  readonly draft: Documents;
  readonly settings: ReplaySettings;
  readonly prices: OwnPrices;
  /** The differences that are printed; all further differences are only counted. `undefined`: all. */
  readonly told: number | undefined;
}

export interface Outcome {
  customers: number;
  changed: number;
  readonly against: Tally;
  readonly draft: Tally;
  /** The attributes whose first value is not stored any more, each with the number of customers. */
  readonly unknown: Record<string, number>;
  readonly differences: ToldDifference[];
  readonly problems: LineProblem[];
}

export const emptyOutcome = (): Outcome => ({
  customers: 0,
  changed: 0,
  against: emptyTally(),
  draft: emptyTally(),
  // The names come from a file, and `__proto__` may be one of them.
  unknown: Object.create(null),
  differences: [],
  problems: [],
});

/** Adds all numbers. Differences and problems are not added, because they grow with the file. */
export function addOutcome(sum: Outcome, more: Outcome): void {
  sum.customers += more.customers;
  sum.changed += more.changed;
  addTally(sum.against, more.against);
  addTally(sum.draft, more.draft);
  for (const [name, number] of Object.entries(more.unknown)) sum.unknown[name] = (sum.unknown[name] ?? 0) + number;
}

export class Comparer {
  private readonly sides: { readonly against: Replayer; readonly draft: Replayer };
  private readonly covered: Pick<ReplaySettings, "from" | "until">;
  private readonly told: number | undefined;
  private readonly prices: OwnPrices;

  private constructor(sides: { against: Replayer; draft: Replayer }, { settings, told, prices }: Setup) {
    this.sides = sides;
    this.covered = settings;
    this.told = told;
    this.prices = prices;
  }

  static async of(setup: Setup): Promise<Comparer | { readonly problems: readonly Problem[] }> {
    const against = await Replayer.of(setup.against, setup.settings);
    if ("problems" in against) return against;
    const draft = await Replayer.of(setup.draft, setup.settings);
    return "problems" in draft ? draft : new Comparer({ against, draft }, setup);
  }

  async compare(lines: readonly Line[]): Promise<Outcome> {
    const outcome = emptyOutcome();
    for (const line of lines) {
      const read = readLine(line, this.covered);
      if ("value" in read) await this.compareCustomer(read.value, line.number, outcome);
      else outcome.problems.push(...read.problems);
    }
    return outcome;
  }

  private async compareCustomer(customer: ArchivedCustomer, line: number, outcome: Outcome): Promise<void> {
    const against = await this.replayed(customer, this.sides.against, outcome.against);
    outcome.problems.push(...against.rejected.map((problem) => ({ line, problem })));
    const draft = await this.replayed(customer, this.sides.draft, outcome.draft);
    outcome.customers++;
    for (const name of customer.unknown ?? []) outcome.unknown[name] = (outcome.unknown[name] ?? 0) + 1;
    const difference = firstDifference(against.lines, draft.lines);
    if (!difference) return;
    outcome.changed++;
    if (this.told === undefined || outcome.differences.length < this.told)
      outcome.differences.push(await toldDifference(difference, customer, this.sides));
  }

  private async replayed(customer: ArchivedCustomer, replayer: Replayer, tally: Tally): Promise<Passage> {
    const meter = new Meter();
    const passage = await replayer.replay(customer, meter);
    countPassage(passage.lines, tally);
    tally.assumed += passage.assumed;
    addCost(tally, meter.usage(), this.prices);
    return passage;
  }
}
