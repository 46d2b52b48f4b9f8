import { expect, test } from "vitest";
import type { CustomerRecord } from "../../../insight/customer/record.ts";
import { answerOf } from "../../../insight/entry/answer.ts";
import type { Reason } from "../../../lambdas/app/store.ts";
import { unknownCustomer } from "../../../lambdas/domain/customer/customer.ts";
import type { CustomerEvent } from "../../../lambdas/domain/events/event.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import type { NotEntered } from "../../../lambdas/domain/reasons/reason.ts";
import { journey as document } from "../../cli/running.ts";
import { enrollment } from "../enrolled.ts";

const AT = "2026-01-05T09:00:00.000Z";
const NOW = "2026-01-06T09:00:00.000Z";

const event = (parts: Partial<CustomerEvent> = {}): CustomerEvent => ({
  id: "evt-1",
  name: "go",
  customerId: "c-1",
  time: AT,
  data: { total: 5 },
  deliveryId: "d-1",
  hops: 0,
  system: false,
  ...parts,
});
const reason = (word: NotEntered, parts: Partial<Reason> = {}): Reason => ({
  customerId: "c-1",
  enrollmentId: "x",
  journeyId: "greeting",
  journeyVersion: 1,
  eventId: "evt-1",
  deliveryId: "d-1",
  time: AT,
  event: "go",
  reason: word,
  at: AT,
  ...parts,
});
const customer = { ...unknownCustomer("c-1"), revision: 1, attributes: { country: "FR" } };
const record = (parts: Partial<CustomerRecord> = {}): CustomerRecord => ({
  customerId: "c-1",
  profile: customer,
  enrollments: [],
  events: [event()],
  reasons: [],
  entries: [],
  ...parts,
});
const live = (parts: object = {}) => ({ version: 3, journey: { ...document, ...parts } as unknown as Journey });
const trigger = (parts: object) => live({ trigger: { event: "go", ...parts } });

const FRENCH = { field: "customer.country", operator: "equals", value: "FR" };
const GERMAN = { field: "customer.country", operator: "equals", value: "DE" };
const RICH = { field: "event.total", operator: "greaterThan", value: 20 };
const entered = { customerId: "c-1", journeyId: "greeting", count: 2, lastEnteredAt: AT, revision: 2 };

test.each<[string, NotEntered, ReturnType<typeof live>, Partial<CustomerRecord>, RegExp]>([
  ["where", "where-false", trigger({ where: RICH }), {}, /^event\.total is 5, it must be more than 20 \(by the data/],
  [
    "an event that has expired",
    "where-false",
    trigger({ where: RICH }),
    { events: [] },
    /total > 20.*not stored any more/,
  ],
  ["audience", "audience-false", trigger({ audience: GERMAN }), {}, /^customer\.country is "FR", wanted is "DE"/],
  [
    "audience, without a stored event, as in an audience run",
    "audience-false",
    trigger({ audience: GERMAN }),
    { events: [] },
    /^customer\.country is "FR", wanted is "DE"/,
  ],
  [
    "a customer who has changed",
    "audience-false",
    trigger({ audience: FRENCH }),
    {},
    /By the data that is stored now, the condition is met/,
  ],
  ["a journey that has changed", "audience-false", live(), {}, /has changed since and has no such condition now/],
  ["a paused journey", "not-active", live({ status: "paused" }), {}, /status is paused now/],
  ["a journey that is active again", "not-active", live(), {}, /It is active now\.$/],
  [
    "once",
    "entry-limit",
    live(),
    { entries: [entered] },
    /only once\. The customer has entered 2×, last on 2026-01-05/,
  ],
  [
    "a cooldown",
    "entry-limit",
    trigger({ entry: { cooldown: "P30D", max: 5 } }),
    { entries: [entered] },
    /at most 5× in total, not within 30 days of the last entry\..* The next entry is possible from 2026-02-04T09:00:00\.000Z\.$/,
  ],
  [
    "once per key",
    "entry-limit",
    live(),
    { entries: [entered, { ...entered, key: "k1", count: 1 }] },
    /A customer and key may enter only once\. The customer has entered 1× with the key "k1"/,
  ],
  [
    "unsubscribed",
    "unsubscribed",
    live(),
    { profile: { ...customer, attributes: { unsubscribed: true }, times: { unsubscribed: AT } } },
    /has been unsubscribed since 2026-01-05T09:00:00\.000Z/,
  ],
  ["subscribed again", "unsubscribed", live(), {}, /is subscribed now/],
  [
    "an exit rule that is met",
    "exit-holds",
    live({ exit: [{ id: "french", where: FRENCH }] }),
    {},
    /the customer meets “french” \(country = FR\)\.$/,
  ],
  [
    "an exit rule that is no longer met",
    "exit-holds",
    live({ exit: [{ id: "german", where: GERMAN }] }),
    {},
    /No exit rule is met now/,
  ],
  ["a duplicate", "duplicate-event", live(), {}, /first delivery of evt-1 is d-1/],
  ["a loop", "automatic-loop", live(), {}, /trigger each other by events/],
])("%s", (what, word, journey, stored, sentence) => {
  const keyed = what === "once per key" && { key: "k1" };
  const { attempts } = answerOf(record({ ...stored, reasons: [reason(word, { ...keyed })] }), journey, NOW);
  expect(attempts).toMatchObject([{ entered: false, reason: word }]);
  expect(attempts[0]?.entered === false && attempts[0].because).toMatch(sentence);
});

test("the answer has the entries and the reasons of this journey only, in order of time", () => {
  const answer = answerOf(
    record({
      enrollments: [enrollment(), enrollment({ journeyId: "another" })],
      reasons: [reason("entry-limit", { at: NOW, eventId: "evt-2" }), reason("not-active", { journeyId: "another" })],
    }),
    live(),
    NOW,
  );
  expect(answer.attempts.map(({ entered, eventId }) => [entered, eventId])).toEqual([
    [true, "evt-1"],
    [false, "evt-2"],
  ]);
});

test("a trigger event without enrollment or reason is unanswered; another event is not", () => {
  const { unanswered } = answerOf(record({ events: [event(), event({ id: "evt-2", name: "other" })] }), live(), NOW);
  expect(unanswered).toEqual([{ at: AT, eventId: "evt-1" }]);
});

test.each([
  ["a customer who would enter", record(), live(), { enters: true }],
  [
    "a customer who is not in the audience",
    record(),
    trigger({ audience: GERMAN }),
    { enters: false, reason: "audience-false" },
  ],
  [
    "a customer who has entered before",
    record({ entries: [entered] }),
    live(),
    { enters: false, reason: "entry-limit" },
  ],
  [
    "without an event, a customer who is not in the audience",
    record({ events: [] }),
    trigger({ audience: GERMAN }),
    { reason: "audience-false" },
  ],
  ["without an event, a customer in the audience: unknown", record({ events: [] }), live(), { enters: false }],
  [
    "a condition that counts events",
    record({ events: [event({ id: "o", name: "order.placed" }), event()] }),
    trigger({
      where: { event: "order.placed", count: { operator: "greaterThanOrEquals", value: 1 }, within: "P30D" },
    }),
    { enters: true },
  ],
  [
    "a trigger on a change",
    record({ events: [] }),
    live({ trigger: { where: GERMAN } }),
    { enters: false, reason: "where-false", because: expect.stringContaining('customer.country is "FR"') },
  ],
])("the answer for now: %s", (_, stored, journey, now) => {
  expect(answerOf(stored, journey, NOW).now).toMatchObject(now);
});
