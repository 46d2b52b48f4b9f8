/**
 * SES accepts 14 messages a second and throttles the rest, and `mailRate` is not set. The retries in the state machine's
 * definition deliver every message, once.
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ThrottledError } from "../../lambdas/app/errors.ts";
import type { EnrollmentRef } from "../../lambdas/app/store.ts";
import { advanceEnrollment } from "../../lambdas/app/walk/advance-enrollment.ts";
import { fromMilliseconds, toMilliseconds } from "../../lambdas/domain/time/time.ts";
import { share } from "../../lambdas/domain/values/hash.ts";
import { good, START, World } from "../app/world.ts";
import { journey } from "../behaviour/scenario-of.ts";

interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly BackoffRate: number;
  readonly MaxDelaySeconds: number;
  readonly MaxAttempts: number;
  readonly JitterStrategy: string;
}
const { States } = JSON.parse(readFileSync("statemachines/journey.asl.json", "utf8"));
const retrier: Retrier = States.Advance.Retry.find(({ ErrorEquals }: Retrier) =>
  ErrorEquals.includes("ThrottledError"),
);

const [RATE, PEOPLE] = [14, 500];

test("every customer gets one message, and no execution runs out of attempts", async () => {
  const taken: { readonly messageId: string; readonly at: number }[] = [];
  let refused = 0;
  const world: World = new World({
    still: true,
    send: async (_, { messageId }) => {
      const at = toMilliseconds(world.clock.now());
      if (at - (taken.at(-RATE)?.at ?? Number.NEGATIVE_INFINITY) < 1000) {
        refused++;
        throw new ThrottledError("Maximum sending rate exceeded.");
      }
      taken.push({ messageId, at });
      return { sent: true };
    },
  });
  await world.adopt(good(journey({ components: { mail: { type: "sendTemplate", template: "hello" } } })));
  let most = 0;
  /** Full jitter: a random time up to the pause. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html */
  const attempt = async (ref: EnrollmentRef, tries: number): Promise<void> => {
    most = Math.max(most, tries);
    try {
      await advanceEnrollment(ref, world.ports);
    } catch (error) {
      if (!(error instanceof ThrottledError)) throw error;
      const { IntervalSeconds, BackoffRate, MaxDelaySeconds } = retrier;
      const pause = Math.min(IntervalSeconds * BackoffRate ** tries, MaxDelaySeconds);
      const jitter = share(ref.enrollmentId, String(tries)) / 100;
      const at = fromMilliseconds(toMilliseconds(world.clock.now()) + Math.ceil(pause * jitter * 1000));
      world.clock.plan(at, "walk", () => attempt(ref, tries + 1));
    }
  };
  expect(retrier.JitterStrategy).toBe("FULL");
  for (let n = 0; n < PEOPLE; n++) {
    const { enrollmentId, customerId } = await world.enter({ customerId: `c-${n}`, id: "s" });
    world.clock.plan(START, "walk", () => attempt({ enrollmentId, customerId }, 0));
  }
  await world.run("01-06 10:00");
  expect(refused).toBeGreaterThan(PEOPLE);
  expect(taken).toHaveLength(PEOPLE);
  expect(new Set(taken.map(({ messageId }) => messageId)).size).toBe(PEOPLE);
  expect(most).toBeLessThan(retrier.MaxAttempts / 10);
  expect(world.counted()).toEqual(world.recount());
  expect(world.counted().j).toMatchObject({ completed: PEOPLE, "message.mail.sent": PEOPLE });
});
