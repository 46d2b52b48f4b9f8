/**
 * Keeps bundles small. A change that makes a bundle grow by more than a tenth must update `bench/bundles.json` with
 * `npm run bundles -- --write`, so that the review sees it.
 */
import { expect, test } from "vitest";
import { admitted, sizes } from "../../bench/bundles.ts";
import { bundles } from "../../lib/functions/bundle.ts";

const MOST_GROWTH = 1.1;
/** The largest size, in bytes, of a function on the way of an event, because a customer waits for its cold start. */
const BUDGET = 400_000;
const eventPath = ["trigger-matcher", "await-signal", "exit-evaluator", "message-status"];
/** advance renders, sends and calculates dates: liquidjs, html-to-text, SES and Temporal are half of its bundle. */
const ADVANCE_BUDGET = 750_000;

/**
 * journey-publisher runs the tests of a journey, so it contains the simulator. It arms the schedules of journeys, so it
 * contains the client of EventBridge Scheduler. It walks the paths of a journey (25 kB). It checks and renders approved
 * templates of WhatsApp (8 kB). No event of a customer waits for it.
 */
const PUBLISHER_BUDGET = 982_000;

const known = admitted();
const now = sizes();

test("bundles.json lists every function and nothing else", () =>
  expect(Object.keys(known).sort()).toEqual(Object.keys(now).sort()));

test.each(Object.keys(now))("%s has not grown by more than a tenth", (name) =>
  expect(now[name]).toBeLessThanOrEqual((known[name] ?? 0) * MOST_GROWTH),
);

test.each(eventPath)("%s is within its budget", (name) => expect(now[name]).toBeLessThanOrEqual(BUDGET));

test("advance is within its own budget", () => expect(now.advance).toBeLessThanOrEqual(ADVANCE_BUDGET));

test("journey-publisher is within its own budget", () =>
  expect(now["journey-publisher"]).toBeLessThanOrEqual(PUBLISHER_BUDGET));

test("a cold start of advance loads no client of text messages or WhatsApp; each is in a file of its own", () => {
  const { files = new Map<string, Uint8Array>() } = bundles().get("advance") ?? {};
  const having = (client: string) =>
    [...files].filter(([, contents]) => Buffer.from(contents).includes(client)).map(([file]) => file);
  const byNeed = [...having("PinpointSMSVoiceV2"), ...having("SocialMessaging")];
  expect(byNeed).toEqual([
    expect.stringMatching(/^sms-channel-\w+\.mjs$/),
    expect.stringMatching(/^whatsapp-channel-\w+\.mjs$/),
  ]);
  const first = [...files].filter(([name]) => !byNeed.includes(name));
  expect(now.advance).toBe(first.reduce((sum, [, { length }]) => sum + length, 0));
});
