/** The sums of a forecast, over customers who were replayed one by one. */
import type { Time } from "../../lambdas/domain/time/time.ts";
import { own } from "../../lambdas/domain/values/json.ts";
import type { CustomerLine } from "../../simulator/timeline.ts";
import { type CrowdedDay, crowdedDays, type HeldBack, heldBack, pairsOf } from "./customer-findings.ts";

type Counts = Record<string, number>;

export interface Forecast {
  customers: number;
  /** The number of customers who are sent a message in the forecast time. */
  writtenTo: number;
  /** Messages by hour, by journey. */
  readonly sends: Record<string, Counts>;
  /** Emails by hour: the mail rate concerns only them. */
  readonly emails: Counts;
  /** Entries by hour. */
  readonly entries: Counts;
  /**
   * For each hour, the change in the number of open executions. Changes before the forecast time are included, because
   * these executions are open when it begins.
   */
  readonly open: Counts;
  /** Messages that limits hold back, by `JOURNEY COMPONENT FATE REASON`. */
  readonly heldBack: Counts;
  crowdedCustomers: number;
  crowdedDays: number;
  /** Crowded days by the pair of journeys, `A B`. */
  readonly pairs: Counts;
  dollars: number;
  /** Messages whose price is not known, by item of the bill. Their dollars are missing. */
  readonly unpriced: Counts;
}

export const emptyForecast = (): Forecast => ({
  customers: 0,
  writtenTo: 0,
  sends: {},
  emails: {},
  entries: {},
  open: {},
  heldBack: {},
  crowdedCustomers: 0,
  crowdedDays: 0,
  pairs: {},
  dollars: 0,
  unpriced: {},
});

export interface Asked {
  /**
   * The beginning of the forecast time. Earlier events only decide which customers are inside when the forecast time
   * begins.
   */
  readonly from: Time;
  /** A day with more messages than this is a crowded day. */
  readonly most: number;
}

/** Adds one customer. Returns the findings about this customer. */
export function addCustomer(
  forecast: Forecast,
  lines: readonly CustomerLine[],
  { from, most }: Asked,
): (HeldBack | CrowdedDay)[] {
  const coming = lines.filter(({ at }) => at >= from);
  forecast.customers++;
  for (const line of lines) addOpen(forecast, line);
  for (const line of coming) addLine(forecast, line);
  if (coming.some(({ kind }) => kind === "message")) forecast.writtenTo++;
  const crowded = crowdedDays(coming, most);
  if (crowded.length > 0) forecast.crowdedCustomers++;
  forecast.crowdedDays += crowded.length;
  for (const pair of crowded.flatMap(pairsOf)) count(forecast.pairs, pair.join(" "));
  const held = coming.flatMap((line) => heldBack(line) ?? []);
  for (const { journeyId, componentId, fate, reason } of held)
    count(forecast.heldBack, [journeyId, componentId, fate, reason].join(" "));
  return [...held, ...crowded];
}

/** Adds the sums of other customers. */
export function addForecast(sum: Forecast, more: Forecast): void {
  for (const name of ["customers", "writtenTo", "crowdedCustomers", "crowdedDays", "dollars"] as const)
    sum[name] += more[name];
  for (const name of ["emails", "entries", "open", "heldBack", "pairs", "unpriced"] as const)
    addCounts(sum[name], more[name]);
  for (const [hour, counts] of Object.entries(more.sends)) {
    sum.sends[hour] ??= {};
    addCounts(sum.sends[hour], counts);
  }
}

function addCounts(sum: Counts, more: Counts): void {
  for (const [name, number] of Object.entries(more)) count(sum, name, number);
}

const hourOf = ({ at }: CustomerLine) => `${at.slice(0, 13)}:00:00.000Z`;

const opens: Partial<Record<CustomerLine["kind"], number>> = { entered: 1, completed: -1, exited: -1, failed: -1 };

function addOpen({ open }: Forecast, line: CustomerLine): void {
  const change = opens[line.kind];
  if (change !== undefined) count(open, hourOf(line), change);
}

function addLine({ sends, emails, entries }: Forecast, line: CustomerLine): void {
  if (line.kind === "entered") count(entries, hourOf(line));
  if (line.kind !== "message") return;
  const hour = hourOf(line);
  sends[hour] ??= {};
  count(sends[hour], line.journeyId);
  if (line.channel === "email") count(emails, hour);
}

function count(counts: Counts, name: string, number = 1): void {
  counts[name] = (own(counts, name) ?? 0) + number;
}
