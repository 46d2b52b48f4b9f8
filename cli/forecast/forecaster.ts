/**
 * Replays lines of an archive as if they happened in the coming weeks, and adds up the results of the customers. The
 * events of the last weeks keep their order, moved by whole weeks.
 */
import { addCost, type OwnPrices } from "../../insight/cost/bill.ts";
import { Meter } from "../../insight/cost/meter.ts";
import { between } from "../../insight/cost/usage.ts";
import type { Problem } from "../../lambdas/domain/documents/problem.ts";
import { durationMilliseconds, fromMilliseconds, type Time, toMilliseconds } from "../../lambdas/domain/time/time.ts";
import type { CrowdedDay, HeldBack } from "../../proof/forecast/customer-findings.ts";
import { type Asked, addCustomer, emptyForecast, type Forecast } from "../../proof/forecast/forecast.ts";
import { moved } from "../../proof/forecast/moved.ts";
import type { ArchivedCustomer } from "../../proof/replay/archive.ts";
import { type Documents, Replayer } from "../../proof/replay/replayer.ts";
import type { Policy, Rates } from "../../proof/replay/reports.ts";
import { type Line, type LineProblem, readLine } from "../replay/line.ts";

const WEEK = 7 * 86_400_000;

export interface Period {
  /** The archive's. */
  readonly past: { readonly from: Time; readonly until: Time };
  /** The forecast time, which begins where the archive ends. */
  readonly from: Time;
  readonly until: Time;
  /** By how many milliseconds the past is moved: the fewest whole weeks that cover the forecast time. */
  readonly by: number;
}

/** `undefined`: the archive covers less time than the past is moved by. */
export function periodOf(past: Period["past"], next: string): Period | undefined {
  const by = Math.ceil(durationMilliseconds(next) / WEEK) * WEEK;
  const [from, until] = [toMilliseconds(past.from), toMilliseconds(past.until)];
  if (until - from < by) return undefined;
  return { past, by, from: past.until, until: fromMilliseconds(until + durationMilliseconds(next)) };
}

export interface ForecastSetup {
  readonly documents: Documents;
  readonly period: Period;
  readonly statuses: Policy;
  readonly rates: Rates;
  readonly prices: OwnPrices;
  /** A day with more messages than this is a crowded day. */
  readonly most: number;
  /** The findings that are printed; all further findings are only counted. `undefined`: all. */
  readonly told: number | undefined;
}

/** The forecast of some lines. */
export interface Forecasted {
  readonly forecast: Forecast;
  /** What the command prints about single customers. */
  readonly findings: (HeldBack | CrowdedDay)[];
  readonly problems: LineProblem[];
}

/** Runs in each core. */
export class Forecaster {
  private readonly replayer: Replayer;
  private readonly setup: ForecastSetup;
  private readonly asked: Asked;

  private constructor(replayer: Replayer, setup: ForecastSetup) {
    this.replayer = replayer;
    this.setup = setup;
    this.asked = { from: setup.period.from, most: setup.most };
  }

  static async of(setup: ForecastSetup): Promise<Forecaster | { readonly problems: readonly Problem[] }> {
    const { documents, period, statuses, rates } = setup;
    const from = fromMilliseconds(toMilliseconds(period.past.from) + period.by);
    const made = await Replayer.of(documents, { from, until: period.until, statuses, rates });
    return "problems" in made ? made : new Forecaster(made, setup);
  }

  async forecast(lines: readonly Line[]): Promise<Forecasted> {
    const { period, told } = this.setup;
    const forecasted: Forecasted = { forecast: emptyForecast(), findings: [], problems: [] };
    for (const line of lines) {
      const read = readLine(line, period.past);
      if ("problems" in read) {
        forecasted.problems.push(...read.problems);
        continue;
      }
      const { found, rejected } = await this.addCustomer(moved(read.value, period.by), forecasted.forecast);
      forecasted.problems.push(...rejected.map((problem) => ({ line: line.number, problem })));
      forecasted.findings.push(...found.slice(0, told === undefined ? undefined : told - forecasted.findings.length));
    }
    return forecasted;
  }

  private async addCustomer(customer: ArchivedCustomer, forecast: Forecast) {
    const meter = new Meter();
    let before = meter.usage();
    const then = { at: this.setup.period.from, call: () => (before = meter.usage()) };
    const { lines, rejected } = await this.replayer.replay(customer, meter, undefined, then);
    addCost(forecast, between(before, meter.usage()), this.setup.prices);
    return { found: addCustomer(forecast, lines, this.asked), rejected };
  }
}
