/** Replays customers in the coming time and adds them up. What happened in the last weeks happens again, some weeks later. */
import { bill, dollars } from "../../insight/cost/bill.ts";
import { Meter } from "../../insight/cost/meter.ts";
import type { Problem } from "../../lambdas/domain/documents/problem.ts";
import { durationMilliseconds, fromMilliseconds, type Time, toMilliseconds } from "../../lambdas/domain/time/time.ts";
import type { CrowdedDay, HeldBack } from "../../proof/forecast/customer-findings.ts";
import { type Asked, addCustomer, emptyForecast, type Forecast } from "../../proof/forecast/forecast.ts";
import { moved } from "../../proof/forecast/moved.ts";
import { type ArchivedCustomer, readCustomer } from "../../proof/replay/archive.ts";
import { type Documents, Replayer } from "../../proof/replay/replayer.ts";
import type { Policy, Rates } from "../../proof/replay/reports.ts";

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

export class Forecaster {
  readonly forecast: Forecast = emptyForecast();
  private readonly replayer: Replayer;
  private readonly period: Period;
  private readonly asked: Asked;

  private constructor(replayer: Replayer, period: Period, most: number) {
    this.replayer = replayer;
    this.period = period;
    this.asked = { from: period.from, most };
  }

  static async of(
    documents: Documents,
    period: Period,
    { statuses, rates, most }: { readonly statuses: Policy; readonly rates: Rates; readonly most: number },
  ): Promise<Forecaster | { readonly problems: readonly Problem[] }> {
    const from = fromMilliseconds(toMilliseconds(period.past.from) + period.by);
    const made = await Replayer.of(documents, { from, until: period.until, statuses, rates });
    return "problems" in made ? made : new Forecaster(made, period, most);
  }

  /** Adds the customer of a line of the archive. Returns the findings about this customer that the command prints. */
  async add(line: string): Promise<(HeldBack | CrowdedDay)[] | { readonly problems: readonly Problem[] }> {
    const read = readCustomer(line);
    return "problems" in read ? read : this.addCustomer(moved(read.value, this.period.by));
  }

  private async addCustomer(customer: ArchivedCustomer): Promise<(HeldBack | CrowdedDay)[]> {
    const meter = new Meter();
    let before = 0;
    const then = { at: this.period.from, call: () => (before = dollars(bill(meter.usage()))) };
    const { lines } = await this.replayer.replay(customer, meter, undefined, then);
    this.forecast.dollars += dollars(bill(meter.usage())) - before;
    return addCustomer(this.forecast, lines, this.asked);
  }
}
