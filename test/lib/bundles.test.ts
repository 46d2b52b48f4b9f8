/**
 * Functions stay as small as they are: whoever makes one grow by more than a tenth admits it in `bench/bundles.json`, by
 * `npm run bundles -- --write`, and the review sees it.
 */
import { expect, test } from "vitest";
import { admitted, sizes } from "../../bench/bundles.ts";

const MOST_GROWTH = 1.1;
/** Kilobytes, on the way of an event: who waits for a cold start there is a customer. */
const BUDGET = 400_000;
const eventPath = ["trigger-matcher", "await-signal", "exit-evaluator", "message-status"];
/** It renders, sends and knows calendars: liquidjs, html-to-text, SES and Temporal are half of it. */
const ADVANCE_BUDGET = 750_000;

const known = admitted();
const now = sizes();

test("every function is admitted, and nothing else", () =>
  expect(Object.keys(known).sort()).toEqual(Object.keys(now).sort()));

test.each(Object.keys(now))("%s has not grown by more than a tenth", (name) =>
  expect(now[name]).toBeLessThanOrEqual((known[name] ?? 0) * MOST_GROWTH),
);

test.each(eventPath)("%s is within its budget", (name) => expect(now[name]).toBeLessThanOrEqual(BUDGET));

test("advance is within its own", () => expect(now.advance).toBeLessThanOrEqual(ADVANCE_BUDGET));
