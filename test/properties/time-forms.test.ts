/**
 * Journey format §1.3: waits, conditions and messages read a time in every form, in every zone. Temporal says which moment
 * a value means, and which day a date is.
 */
import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { evaluate } from "../../lambdas/domain/conditions/evaluate.ts";
import { unknownCustomer } from "../../lambdas/domain/customer/customer.ts";
import { render } from "../../lambdas/domain/messages/render.ts";
import type { Template } from "../../lambdas/domain/messages/template.ts";
import { fromMilliseconds } from "../../lambdas/domain/time/time.ts";
import type { Json } from "../../lambdas/domain/values/json.ts";
import { advance } from "../../lambdas/domain/walk/advance.ts";
import { journeyOf } from "../domain/enrolled.ts";
import { long, runs } from "./runs.ts";

const zone = fc.constantFrom(...Intl.supportedValuesOf("timeZone"), "UTC");
/** Of 2001 to 2099: before, UNIX time in seconds has fewer than 10 digits. */
const moment = fc.integer({ min: Date.UTC(2001, 8, 10), max: Date.UTC(2099, 0, 1) });

type TimeCondition =
  | { readonly operator: "before" | "after" | "withinLast" | "withinNext" | "olderThan"; readonly value: string }
  | { readonly operator: "inPast" | "inFuture" };

interface Written {
  readonly value: Json;
  readonly means: number;
}

const inAnyCase = (text: string) => fc.constantFrom(text, text.toLowerCase());
const withOffset = (at: number, minutes: number) => {
  const local = new Date(at + minutes * 60_000).toISOString().slice(0, -1);
  const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${local}${minutes < 0 ? "-" : "+"}${String(hours).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
};

/** The forms in which apps send a time. */
const forms: Readonly<Record<string, (at: number, zone: string) => fc.Arbitrary<Written>>> = {
  "RFC 3339 in UTC": (at) => inAnyCase(new Date(at).toISOString()).map((value) => ({ value, means: at })),
  "RFC 3339 without a fraction": (at) =>
    inAnyCase(new Date(at).toISOString().replace(/\.\d+/, "")).map((value) => ({ value, means: at - (at % 1000) })),
  "RFC 3339 with microseconds": (at) =>
    inAnyCase(new Date(at).toISOString().replace("Z", "999Z")).map((value) => ({ value, means: at })),
  "RFC 3339 with an offset": (at) =>
    fc.integer({ min: -14 * 60, max: 14 * 60 }).map((minutes) => ({ value: withOffset(at, minutes), means: at })),
  "UNIX seconds": (at) => fc.constant({ value: Math.floor(at / 1000), means: at - (at % 1000) }),
  "UNIX milliseconds": (at) => fc.constant({ value: at, means: at }),
  "a date": (at, timeZone) => {
    const date = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
    const { epochMilliseconds } = date.toZonedDateTime({ timeZone, plainTime: "00:00" });
    return fc.constant({ value: date.toString(), means: epochMilliseconds });
  },
};

const written = (form: string) =>
  fc.tuple(moment, zone, fc.boolean()).chain(([at, timezone, isOfCustomer]) => {
    const made = forms[form]?.(at, timezone) ?? fc.constant({ value: "", means: 0 });
    return made.map((each) => ({ ...each, timezone, isOfCustomer }));
  });

const customerWith = (value: Json, timezone?: string) => ({
  ...unknownCustomer("c-1"),
  attributes: { at: value, ...(timezone !== undefined && { timezone }) },
});

test.each(Object.keys(forms))(
  "a wait until %s ends at that moment, in the customer's or the journey's zone",
  long,
  (form) => {
    const until = { field: "customer.at", ifPast: "exit" } as const;
    fc.assert(
      fc.property(written(form), fc.constantFrom(undefined, "-P3D", "PT36H"), ({ value, means, ...given }, offset) => {
        const { timezone, isOfCustomer } = given;
        const journey = journeyOf(
          { stay: { type: "wait", until: { ...until, ...(offset && { offset }) } } },
          isOfCustomer ? {} : { timezone },
        );
        const days = offset === "-P3D" ? -3 : offset ? 1.5 : 0;
        const customer = customerWith(value, isOfCustomer ? timezone : undefined);
        const at = { componentId: "stay", visit: 0, since: fromMilliseconds(0) };
        const now = fromMilliseconds(means - 5 * 86_400_000);
        const { next } = advance(journey, at, { customer, messages: {}, timezone: journey.timezone }, now);
        expect(next).toEqual({ kind: "wait", for: "timer", until: fromMilliseconds(means + days * 86_400_000) });
      }),
      runs(100),
    );
  },
);

test.each(Object.keys(forms))("conditions compare %s as that moment, to the millisecond", long, (form) => {
  fc.assert(
    fc.property(written(form), fc.constantFrom(-1, 0, 1), ({ value, means, timezone, isOfCustomer }, off) => {
      const than = fromMilliseconds(means + off);
      const customer = { at: value, ...(isOfCustomer && { timezone }) };
      const holds = (condition: TimeCondition, now = than) =>
        evaluate({ field: "customer.at", ...condition }, { now, customer, ...(!isOfCustomer && { timezone }) });
      const [isBefore, isAfter] = [means < means + off, means > means + off];
      expect(holds({ operator: "before", value: than })).toBe(isBefore);
      expect(holds({ operator: "after", value: than })).toBe(isAfter);
      expect(holds({ operator: "inPast" })).toBe(isBefore);
      expect(holds({ operator: "inFuture" })).toBe(isAfter);
      expect(holds({ operator: "withinLast", value: "PT1H" })).toBe(!isAfter);
      expect(holds({ operator: "withinNext", value: "PT1H" })).toBe(!isBefore);
      const hourLater = fromMilliseconds(means + 3_600_000 + off);
      expect(holds({ operator: "olderThan", value: "PT1H" }, hourLater)).toBe(off > 0);
    }),
    runs(100),
  );
});

test.each(Object.keys(forms))("a message shows %s as its day in the reader's zone", long, (form) => {
  const text = "{{ customer.at | date: '%Y-%m-%d' }}";
  const template: Template = { id: "t", channel: "event", class: "marketing", text };
  fc.assert(
    fc.property(written(form), ({ value, means, timezone }) => {
      const scope = { customer: { at: value }, event: {}, data: {}, journey: { id: "j", name: "J" } };
      const shown = render(template, { ...scope, now: fromMilliseconds(means), timezone, unsubscribeUrl: "" });
      const day = Temporal.Instant.fromEpochMilliseconds(means).toZonedDateTimeISO(timezone).toPlainDate();
      expect(shown.text).toBe(form === "a date" ? value : day.toString());
    }),
    runs(100),
  );
});

test("no other value is a time: a wait goes by ifMissing, and no condition on it is true", long, () => {
  const hasTime = (value: unknown) =>
    typeof value === "number"
      ? (value >= 1e9 && value < 1e10) || (value >= 1e12 && value < 1e13)
      : typeof value === "string" && /^\+?\d{4,9}-\d\d-\d\dT/i.test(value);
  const almost = fc.constantFrom(
    "2026-6-30",
    "30.06.2026",
    "06/30/2026",
    "2026-06-30 10:00",
    "1782813600",
    "2026-02-30",
  );
  const others = fc.oneof(fc.string(), fc.integer(), fc.double(), fc.boolean(), fc.array(fc.string()));
  const noTime = fc.oneof(almost, others, fc.constant(null)).filter((value) => !hasTime(value));
  fc.assert(
    fc.property(noTime, zone, (value, timezone) => {
      const journey = journeyOf({ stay: { type: "wait", until: { field: "customer.at", ifPast: "continue" } } });
      const customer = customerWith(value, timezone);
      const now = fromMilliseconds(Date.UTC(2026, 0, 5));
      const at = { componentId: "stay", visit: 0, since: now };
      const next = { kind: "exited", reason: "no-time" };
      expect(advance(journey, at, { customer, messages: {} }, now)).toMatchObject({ next });
      const conditions = [
        { operator: "before", value: now },
        { operator: "after", value: now },
        { operator: "withinLast", value: "P365D" },
        { operator: "inFuture" },
      ] as const;
      const facts = { now, customer: { at: value, timezone } };
      for (const condition of conditions) expect(evaluate({ field: "customer.at", ...condition }, facts)).toBe(false);
    }),
    runs(200),
  );
});
