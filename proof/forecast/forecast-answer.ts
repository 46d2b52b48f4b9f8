/** The answer of a forecast: hours in order, the busiest of them beside what the account allows. */
import type { Forecast } from "./forecast.ts";

export interface Allowed {
  /** Emails a second. */
  readonly emails: number;
  /** Emails in 24 hours; absent when it is not known. */
  readonly emailsADay?: number | undefined;
  /** Executions that Step Functions starts a second. */
  readonly starts: number;
  readonly open: number;
}

/** What an hour needs of a quota, if it is spread evenly over the hour. */
export interface Need {
  readonly quota: string;
  readonly needs: number;
  readonly has: number;
  readonly unit: string;
  readonly hit: boolean;
  /** The busiest hour; absent when there is none. */
  readonly at?: string;
}

const SECONDS_AN_HOUR = 3600;

/**
 * `times`: how many times as many customers there are as customers of the forecast, which may be a sample. The quotas
 * are compared with the needs of all customers.
 */
export function forecastAnswer(forecast: Forecast, from: string, allowed: Allowed, times = 1) {
  const { customers, writtenTo, sends, heldBack, crowdedCustomers, crowdedDays, pairs, dollars, unpriced } = forecast;
  const open = openByHour(forecast, from);
  return {
    customers,
    customersWrittenTo: writtenTo,
    dollars: Math.round(dollars * 10_000) / 10_000,
    unpriced: Object.keys(unpriced),
    sendsByHour: Object.fromEntries(inOrder(sends).map(([hour, by]) => [hour, { messages: sum(by), journeys: by }])),
    quotas: [
      needOf("SES sending rate", forecast.emails, allowed.emails, "a second", SECONDS_AN_HOUR / times),
      ...(allowed.emailsADay === undefined
        ? []
        : [needOf("SES daily quota", byDay(forecast.emails), allowed.emailsADay, "a day", 1 / times)]),
      needOf("Step Functions StartExecution", forecast.entries, allowed.starts, "a second", SECONDS_AN_HOUR / times),
      needOf("Step Functions open executions", open, allowed.open, "at once", 1 / times),
    ],
    heldBack: rowsOf(heldBack, ["journeyId", "componentId", "fate", "reason"], "messages"),
    crowded: { customers: crowdedCustomers, days: crowdedDays, pairs: rowsOf(pairs, ["first", "second"], "days") },
  };
}

export type ForecastAnswer = ReturnType<typeof forecastAnswer>;

function byDay(hours: Readonly<Record<string, number>>): Record<string, number> {
  const days = Map.groupBy(Object.entries(hours), ([hour]) => hour.slice(0, 10));
  return Object.fromEntries([...days].map(([day, of]) => [day, of.reduce((all, [, number]) => all + number, 0)]));
}

const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((a, b) => a + b, 0);

const inOrder = <T>(hours: Readonly<Record<string, T>>): [string, T][] =>
  Object.entries(hours).sort(([a], [b]) => (a < b ? -1 : 1));

/** Hours before the forecast time count together, at its beginning. */
function openByHour({ open }: Forecast, from: string): Record<string, number> {
  let now = 0;
  const hours: Record<string, number> = { [from]: 0 };
  for (const [hour, change] of inOrder(open)) {
    now += change;
    hours[hour < from ? from : hour] = now;
  }
  return hours;
}

function needOf(quota: string, hours: Readonly<Record<string, number>>, has: number, unit: string, per: number): Need {
  const [busiest] = inOrder(hours).toSorted(([, a], [, b]) => b - a);
  const needs = (busiest?.[1] ?? 0) / per;
  return { quota, needs, has, unit, hit: needs > has, ...(busiest && { at: busiest[0] }) };
}

/** Counts under joined names, as rows; the largest first. */
function rowsOf<const N extends string, const C extends string>(
  counts: Readonly<Record<string, number>>,
  names: readonly N[],
  counted: C,
): (Record<N, string> & Record<C, number>)[] {
  return Object.entries(counts)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([name, number]) => {
      const parts = name.split(" ");
      const row = Object.fromEntries(names.map((member, index) => [member, parts[index]]));
      return { ...row, [counted]: number } as Record<N, string> & Record<C, number>;
    });
}
