/** Whether an occurrence is about a customer, and when that customer visits the first component. */
import { reader } from "../conditions/evaluate.ts";
import { type Customer, customerView } from "../customer/customer.ts";
import type { Journey } from "../journey/journey.ts";
import type { DateTrigger } from "../journey/trigger.ts";
import { clocksAt, localTime } from "../time/local-time.ts";
import { readTime } from "../time/read-time.ts";
import { durationMilliseconds, fromMilliseconds, type Time, toMoment } from "../time/time.ts";
import { zoneOf } from "../walk/journey-facts.ts";

export type Turn =
  /** `from`: the customer waits until then before the first component. Absent: they do not wait. */
  | { readonly kind: "considered"; readonly from?: Time }
  | { readonly kind: "another-day" }
  /** The field of the date trigger holds no date. */
  | { readonly kind: "no-time" };

const DAY = 86_400_000;

/** `local`: of the occurrence. */
export function turnOf(journey: Journey, customer: Customer, local: number | undefined): Turn {
  const { date, schedule } = journey.trigger;
  if (local === undefined) return { kind: "considered" };
  const asked = date ? date.timezone : schedule?.timezone;
  const zone = zoneOf(asked === "customer" ? undefined : asked, { customer }, journey);
  if (!date) return { kind: "considered", from: fromMilliseconds(localTime(local, zone)) };
  const value = reader(date.field)({ customer: customerView(customer) });
  const moment = readTime(value, zone);
  if (moment === undefined) return { kind: "no-time" };
  if (!isOnDay(date, clocksAt(moment, zone), local)) return { kind: "another-day" };
  const [hours = 0, minutes = 0] = date.time.split(":").map(Number);
  return { kind: "considered", from: fromMilliseconds(localTime(local + (hours * 60 + minutes) * 60_000, zone)) };
}

/** Whether the day is the date in the field plus the offset, or for `yearly` an anniversary of the date. */
function isOnDay({ offset = "P0D", repeat }: DateTrigger, field: number, day: number): boolean {
  const date = Math.floor(field / DAY) * DAY;
  const base = day - durationMilliseconds(offset);
  if (repeat === "never") return base === date;
  return base >= date && anniversary(date, new Date(base).getUTCFullYear()) === base;
}

/** 29 February counts as 28 February in years without it. */
function anniversary(date: number, year: number): number {
  const [month, day] = [new Date(date).getUTCMonth(), new Date(date).getUTCDate()];
  const leapDay = month === 1 && day === 29 && toMoment(`${year}-02-29T00:00:00Z`) === undefined;
  return Date.UTC(year, month, leapDay ? 28 : day);
}
