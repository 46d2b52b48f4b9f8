/**
 * Quiet hours that laws ask for, by name. The presets are an aid and no legal advice: laws change, have exceptions for
 * consent and existing customers, and know holidays, which this table does not.
 *
 * Read on 2026-11-28:
 * - the United States: 47 CFR 64.1200(c)(1), no telephone solicitation before 8 a.m. or after 9 p.m. at the called party's
 *   location, https://www.ecfr.gov/current/title-47/section-64.1200;
 * - stricter states: https://www.dropcowboy.com/state-compliance (of 2025-11-01), for New Jersey and Texas
 *   https://support.referrizer.com/en/category/text-campaigns/article/tcpa-quiet-hours-and-state-specific-rules-for-text-campaigns,
 *   for Washington RCW 19.158.040, https://app.leg.wa.gov/RCW/default.aspx?cite=19.158.040.
 *   Where two sources differ, the table has the stricter one. A state that is not in it has the hours of the whole country.
 */
import { nextTimeByDay, timeOfDayAt, type Weekday, weekdayAt } from "../time/next-time-of-day.ts";
import type { Time } from "../time/time.ts";
import type { Channel } from "./channel.ts";

export const quietPresets = ["us-sms"] as const;
export type QuietPreset = (typeof quietPresets)[number];

/** Messages may go out from the first time on and before the second. `undefined`: on no time of the day. */
type Hours = readonly [from: string, to: string] | undefined;

interface Week {
  readonly other: Hours;
  readonly sat?: Hours;
  readonly sun?: Hours;
}

interface Preset {
  readonly channels: readonly Channel[];
  readonly everywhere: Week;
  /** By the code and the name of a state, both in lower case. */
  readonly states: ReadonlyMap<string, Week>;
}

const [EARLY, LATE]: [Week, Week] = [{ other: ["08:00", "20:00"] }, { other: ["09:00", "21:00"] }];
const NOT_ON_SUNDAY: Week = { ...EARLY, sun: undefined };

const states: readonly (readonly [code: string, name: string, week: Week])[] = [
  ["AL", "Alabama", NOT_ON_SUNDAY],
  ["CT", "Connecticut", { other: ["09:00", "20:00"] }],
  ["FL", "Florida", EARLY],
  ["KY", "Kentucky", { other: ["10:00", "21:00"] }],
  ["LA", "Louisiana", NOT_ON_SUNDAY],
  ["MA", "Massachusetts", EARLY],
  ["MD", "Maryland", EARLY],
  ["MI", "Michigan", LATE],
  ["MN", "Minnesota", LATE],
  ["MS", "Mississippi", NOT_ON_SUNDAY],
  ["NJ", "New Jersey", EARLY],
  ["NM", "New Mexico", LATE],
  ["NV", "Nevada", { other: ["09:00", "20:00"] }],
  ["OK", "Oklahoma", EARLY],
  ["RI", "Rhode Island", { other: ["09:00", "18:00"], sat: ["10:00", "17:00"], sun: ["10:00", "17:00"] }],
  ["TX", "Texas", { ...LATE, sun: ["12:00", "21:00"] }],
  ["WA", "Washington", EARLY],
];

const presets: Readonly<Record<QuietPreset, Preset>> = {
  "us-sms": {
    channels: ["sms"],
    everywhere: { other: ["08:00", "21:00"] },
    states: new Map(states.flatMap(([code, name, week]) => [code, name].map((word) => [word.toLowerCase(), week]))),
  },
};

/** A delay over a Sunday on which nothing may go out. */
export const PRESET_DELAYS_AT_MOST = "P3D";

export function concernsChannel(preset: QuietPreset, channel: Channel): boolean {
  return presets[preset].channels.includes(channel);
}

/** The end of the quiet hours; `undefined`: it is not quiet now. `state`: a code or a name; any other value counts as none. */
export function quietUntil(preset: QuietPreset, state: unknown, zone: string, now: Time): Time | undefined {
  const { everywhere, states } = presets[preset];
  const word = typeof state === "string" ? state.trim().toLowerCase().replace(/^us-/, "") : "";
  const week = states.get(word) ?? everywhere;
  const on = (day: Weekday): Hours => ((day === "sat" || day === "sun") && day in week ? week[day] : week.other);
  const [hours, time] = [on(weekdayAt(now, zone)), timeOfDayAt(now, zone)];
  if (hours && hours[0] <= time && time < hours[1]) return undefined;
  return nextTimeByDay((day) => on(day)?.[0], zone, now);
}
