/**
 * Frequency caps and quiet hours. A cap counts the messages of all journeys to one customer. Quiet hours are in the
 * customer's zone. A journey's limits are live, like its exit rules; the stack's defaults apply where the journey sets
 * no limit.
 *
 * The schema uses `zod/mini` and is in this file, because `advance` parses the stack's defaults with it.
 */
import * as z from "zod/mini";
import { DAY, duration, MINUTE, timeOfDay } from "../documents/vocabulary.ts";
import type { LimitReason } from "../reasons/reason.ts";
import { nextClockTime, timeOfDayAt } from "../time/next-time-of-day.ts";
import { later, minus, plus, type Time } from "../time/time.ts";
import type { Channel } from "./channel.ts";
import { concernsChannel, PRESET_DELAYS_AT_MOST, type QuietPreset, quietPresets, quietUntil } from "./quiet-presets.ts";
import type { Send } from "./send-log.ts";
import { MOST_COUNTED } from "./send-log.ts";

const about = (description: string) => z.meta({ description });

const common = {
  class: z.optional(
    z.enum(["marketing", "transactional", "all"]).check(about("Which messages; marketing unless said otherwise")),
  ),
  otherwise: z
    .enum(["skip", "delay", "exit"])
    .check(
      about(
        "skip: the message is not sent and the customer goes on. delay: it is sent as soon as it may be, see atMost. exit: the customer leaves the journey",
      ),
    ),
  atMost: z.optional(
    duration(
      MINUTE,
      90 * DAY,
      "How long to delay at most, counted from reaching the component; P1D unless said otherwise. A message that would be delayed longer is skipped at once",
    ),
  ),
};

const cap = z
  .strictObject({
    max: z.int().check(z.gte(1), z.lte(MOST_COUNTED), about("So many messages at most")),
    within: duration(MINUTE, 90 * DAY, "In any such time, such as P7D"),
    ...common,
  })
  .check(z.meta({ id: "Cap", description: "No more than so many messages to one customer, by all journeys together" }));
export type Cap = z.infer<typeof cap>;

const quietHours = z
  .strictObject({
    from: timeOfDay,
    to: timeOfDay,
    ...common,
  })
  .check(
    z.meta({
      id: "QuietHours",
      description: "When nothing is sent, in the customer's zone; may span midnight",
      examples: [{ from: "21:00", to: "08:00", otherwise: "delay" }],
    }),
  );
export type QuietHours = z.infer<typeof quietHours>;

const preset = z
  .enum(quietPresets)
  .check(about("The quiet hours of the United States for marketing text messages, see messages.md"));

const none = z.literal("none").check(about("The stack's do not apply"));

export const limits = z
  .strictObject({
    cap: z.optional(
      z
        .union([z.array(cap).check(z.minLength(1), z.maxLength(10)), none])
        .check(about('How often at most; "none": the stack\'s do not apply')),
    ),
    quietHours: z.optional(
      z
        .union([quietHours, preset, none])
        .check(about('When not; "us-sms": the hours that a law asks for; "none": the stack\'s do not apply')),
    ),
  })
  .check(
    z.meta({ id: "Limits", description: "How often and when a customer may be written to; else the stack's limits" }),
  );
export type Limits = z.infer<typeof limits>;

/** The journey's limits; where the journey sets no limit, the stack's limit. */
export function limitsOf(journey: Limits | undefined, stack: Limits | undefined): Limits {
  return { cap: journey?.cap ?? stack?.cap, quietHours: journey?.quietHours ?? stack?.quietHours };
}

export type Verdict =
  | { readonly kind: "send" }
  | { readonly kind: "delay"; readonly until: Time; readonly reason: LimitReason }
  | { readonly kind: "exit"; readonly reason: LimitReason }
  | { readonly kind: "skip"; readonly reason: LimitReason | "no-timezone" };

export interface Sending {
  readonly class: "marketing" | "transactional";
  readonly channel: Channel;
  /** The customer's zone, else the journey's. */
  readonly zone: string;
  /** The customer's own zone and state, for hours that a law asks for. */
  readonly ownZone: string | undefined;
  readonly state: unknown;
  /** The earlier messages to the customer, by any journey. */
  readonly sends: readonly Send[];
  /** The time at which the customer reached the component. */
  readonly reachedAt: Time;
  readonly now: Time;
}

const DELAY_AT_MOST = "P1D";

/** When several limits apply, exit wins over skip, and skip over delay. Of several delays the longest wins. */
export function judgeLimits({ cap, quietHours }: Limits, sending: Sending): Verdict {
  const byLaw = typeof quietHours === "string" && quietHours !== "none" ? quietHours : undefined;
  if (byLaw && isUnderLaw(byLaw, sending) && sending.ownZone === undefined)
    return { kind: "skip", reason: "no-timezone" };
  const reached = [
    ...(Array.isArray(cap) ? cap : []).flatMap((cap) => reachedCap(cap, sending) ?? []),
    ...(typeof quietHours === "object" ? [inQuietHours(quietHours, sending)] : []),
    ...(byLaw ? [inHoursOfLaw(byLaw, sending)] : []),
  ].filter((each) => each !== undefined);
  const verdicts = reached.map((each) => verdictOf(each, sending));
  const strongest = verdicts.find(({ kind }) => kind === "exit") ?? verdicts.find(({ kind }) => kind === "skip");
  if (strongest) return strongest;
  const delays = verdicts.filter((verdict) => verdict.kind === "delay");
  const until = delays.map(({ until }) => until).reduce(later, "");
  return delays.find((delay) => delay.until === until) ?? { kind: "send" };
}

/** A limit that applies now. */
interface Reached extends Pick<Cap, "otherwise" | "atMost"> {
  readonly reason: LimitReason;
  /** The time at which the limit stops applying. */
  readonly until: Time;
}

function verdictOf({ otherwise, atMost, reason, until }: Reached, { reachedAt }: Sending): Verdict {
  if (otherwise !== "delay") return { kind: otherwise, reason };
  return until <= plus(reachedAt, atMost ?? DELAY_AT_MOST)
    ? { kind: "delay", until, reason }
    : { kind: "skip", reason };
}

const concerns = (limit: Pick<Cap, "class">, kind: Send["class"]) =>
  limit.class === "all" || (limit.class ?? "marketing") === kind;

function reachedCap(cap: Cap, sending: Sending): Reached | undefined {
  if (!concerns(cap, sending.class)) return undefined;
  const since = minus(sending.now, cap.within);
  const counted = sending.sends
    .filter((send) => concerns(cap, send.class) && send.at > since)
    .map(({ at }) => at)
    .sort();
  // There is room for another message once this one is older than the cap's time.
  const oldest = counted.at(-cap.max);
  return oldest === undefined ? undefined : { ...cap, reason: "frequency-cap", until: plus(oldest, cap.within) };
}

function inQuietHours(quiet: QuietHours, { class: kind, zone, now }: Sending): Reached | undefined {
  if (!concerns(quiet, kind) || !isQuiet(quiet, timeOfDayAt(now, zone))) return undefined;
  return { ...quiet, reason: "quiet-hours", until: nextClockTime(quiet.to, zone, now) };
}

const isUnderLaw = (preset: QuietPreset, { class: kind, channel }: Sending) =>
  kind === "marketing" && concernsChannel(preset, channel);

function inHoursOfLaw(preset: QuietPreset, sending: Sending): Reached | undefined {
  const { ownZone, state, now } = sending;
  if (ownZone === undefined || !isUnderLaw(preset, sending)) return undefined;
  const until = quietUntil(preset, state, ownZone, now);
  return until === undefined
    ? undefined
    : { otherwise: "delay", atMost: PRESET_DELAYS_AT_MOST, reason: "quiet-hours", until };
}

/** The quiet hours include `from` and exclude `to`. */
export function isQuiet({ from, to }: Pick<QuietHours, "from" | "to">, time: string): boolean {
  return from < to ? from <= time && time < to : from <= time || time < to;
}
