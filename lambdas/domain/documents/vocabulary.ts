/**
 * The kinds of text that several documents use, such as ids, durations and paths, each with a description for editors.
 *
 * This file uses `zod/mini`, like all schemas of the functions: its bundle is a third of `zod`'s.
 */
import * as z from "zod/mini";
import { likeDuration } from "../time/duration-words.ts";
import { durationMilliseconds, isDuration, toMoment, toTime } from "../time/time.ts";
import { likeMoment, likeTimeOfDay } from "../time/time-words.ts";
import { isTimezone, likeTimezone } from "../time/time-zone.ts";
import type { JsonObject } from "../values/json.ts";
import { EVENT_PATH, likePath, PATH } from "../values/path.ts";

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/**
 * A text of a certain form. `code` and `mustBe` are the code and the message of its problem. `hint` may suggest the
 * text that the author meant.
 */
function text(
  code: string,
  form: RegExp | ((text: string) => boolean),
  mustBe: string,
  description: string,
  meta = {},
  hint: (text: string) => string = () => "",
) {
  const fits = form instanceof RegExp ? (value: string) => form.test(value) : form;
  const pattern = form instanceof RegExp && !form.flags.includes("i") && { pattern: form.source };
  return z.string().check(
    z.refine(fits, {
      error: ({ input }) => `${JSON.stringify(input)} ${mustBe}.${hint(String(input))}`,
      params: { code },
    }),
    z.meta({ description, ...pattern, ...meta }),
  );
}

export const ID = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** Suggests an id for a text such as "Send_Mail", or for the name of a file. */
function likeId(text: string): string {
  const meant = text
    .replace(/(\.(template|journey))?\.json$/, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return ID.test(meant) ? ` Did you mean "${meant}"?` : "";
}

const MUST_BE_ID = "is not an id: use 1–63 small letters, digits and hyphens, and start with a letter or digit";

export const id = (description: string) => text("bad-id", ID, MUST_BE_ID, description, {}, likeId);

export const next = z.optional(
  text("bad-id", ID, MUST_BE_ID, "The next component. Without it, the journey ends here", {}, (text) =>
    text === "" ? " To end the journey here, leave it out." : likeId(text),
  ),
);

/** Suggests a name for a text such as "Order Placed". */
function likeEventName(text: string): string {
  const meant = text
    .trim()
    .replace(/[^\w-]+/g, ".")
    .replace(/^[._-]+|[._-]+$/g, "");
  return /^[a-z0-9]/i.test(meant) && meant.length <= 128 ? ` Did you mean "${meant}"?` : "";
}

export const eventName = (description: string) =>
  text(
    "bad-event-name",
    /^[a-z0-9][a-z0-9._-]{0,127}$/i,
    "is not an event name: use 1–128 letters, digits, dots, hyphens and underscores, and start with a letter or digit",
    description,
    { examples: ["order.placed"] },
    likeEventName,
  );

export const tag = text(
  "bad-tag",
  /^[^\p{C}]{1,100}$/u,
  "is not a tag: use 1–100 printable characters",
  "A tag of the customer",
);

export const timezone = text(
  "bad-timezone",
  isTimezone,
  "is not an IANA time zone such as Europe/Berlin",
  "An IANA time zone, such as Europe/Berlin",
  {},
  likeTimezone,
);

export const moment = text(
  "bad-time",
  (value) => toTime(value) !== undefined,
  "is not an RFC 3339 time such as 2026-11-23T10:00:00Z",
  "An RFC 3339 time, such as 2026-11-23T10:00:00Z",
  {},
  likeMoment,
);

export const timeOfDay = text(
  "bad-time",
  /^([01]\d|2[0-3]):[0-5]\d$/,
  "is not a time of day such as 09:00",
  "A time of day, such as 09:00",
  {},
  likeTimeOfDay,
);

/** A time with an offset, or a local date and time without one. */
export const localMoment = text(
  "bad-time",
  (value) => toMoment(LOCAL.test(value) ? `${value}${value.length === 16 ? ":00" : ""}Z` : value) !== undefined,
  "is not a time such as 2026-12-01T09:00 (local) or 2026-12-01T09:00:00Z",
  "A date and time in the time zone, such as 2026-12-01T09:00, or a time with its own offset",
  { examples: ["2026-12-01T09:00"] },
);

export const LOCAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/;

/** `check-trigger.ts` reads the expression. The schema itself requires only five words. */
export const cron = text(
  "bad-cron",
  /^\S+( \S+){4}$/,
  "is not a cron expression: write minute, hour, day of the month, month and weekday, such as 0 9 * * mon",
  "Minute, hour, day of the month, month and weekday, such as 0 9 * * mon",
  { examples: ["0 9 * * mon"] },
);

export const dayOffset = text(
  "bad-duration",
  /^-?P(\d{1,4}D|\d{1,3}W)$/,
  "is not a number of whole days, such as -P3D",
  "A number of whole days, such as -P3D for three days before",
  { examples: ["-P3D"] },
);

export const languageTag = text(
  "bad-language",
  /^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/,
  "is not a language such as de or pt-BR",
  "A language, such as de or pt-BR (BCP 47)",
);

export const address = text(
  "bad-address",
  /^([^<>\p{C}]* <[^\s<>@\p{C}]+@[^\s<>@\p{C}]+>|[^\s<>@\p{C}]+@[^\s<>@\p{C}]+)$/u,
  'is not an address such as "Shop <hello@shop.example>"',
  'Such as "Shop <hello@shop.example>"',
);

/** A path to a value that conditions and data read. */
export const fieldPath = (description: string) =>
  text(
    "bad-path",
    PATH,
    'is not a path: start with "event.", "customer." or "enrollment.event.", or say "enrollment.key"',
    description,
    { examples: ["event.total", "customer.country", 'customer["Plan Name"]', "customer.tags", "enrollment.key"] },
    (text) => likePath(text),
  );

export const eventPath = (description: string) =>
  text(
    "bad-path",
    EVENT_PATH,
    'is not a path into the event: start with "event."',
    description,
    { examples: ["event.orderId"] },
    (text) => likePath(text, ["event"]),
  );

/** An ISO 8601 duration between two lengths in milliseconds, both included. */
export function duration(least: number, most: number, description: string) {
  const inside = (text: string) => {
    const length = durationMilliseconds(text);
    return length >= least && length <= most;
  };
  return z.string().check(
    z.refine(isDuration, {
      error: ({ input }) =>
        `${JSON.stringify(input)} is not an ISO 8601 duration such as PT15M, P1DT2H or P2W (years and months have no fixed length).${likeDuration(String(input))}`,
      params: { code: "bad-duration" },
    }),
    z.refine((text) => !isDuration(text) || inside(text), {
      error: ({ input }) =>
        `${JSON.stringify(input)} must be between ${durationText(least)} and ${durationText(most)}.`,
      params: { code: "out-of-range" },
    }),
    z.meta({ description, examples: ["PT1H", "P2D"] }),
  );
}

/** An object from a JSON parser. The members of such an object need no check. */
export const jsonObject = z.record(z.string(), z.unknown()) as unknown as z.ZodMiniType<JsonObject>;

function durationText(milliseconds: number): string {
  for (const [unit, length] of [
    ["day", DAY],
    ["minute", MINUTE],
  ] as const)
    if (Math.abs(milliseconds) >= length) return count(milliseconds / length, unit);
  return count(milliseconds / 1000, "second");
}

function count(amount: number, unit: string): string {
  return `${amount} ${unit}${Math.abs(amount) === 1 ? "" : "s"}`;
}
