/**
 * SES throttles a customer who gets one message after the other. The state machine counts the failures of one visit of
 * its state Advance, so a call that has sent a message before the throttle must not fail.
 */
import { expect, test } from "vitest";
import { ConflictError, QuotaError, ThrottledError } from "../../../lambdas/app/errors.ts";
import { advanceEnrollment } from "../../../lambdas/app/walk/advance-enrollment.ts";
import { journey } from "../../behaviour/scenario-of.ts";
import { World } from "../world.ts";

const MAILS = 5;
const mail = (n: number) => ({
  type: "sendTemplate",
  template: "receipt",
  ...(n < MAILS - 1 && { next: `mail-${n + 1}` }),
});
const course = journey({
  components: Object.fromEntries(Array.from({ length: MAILS }, (_, n) => [`mail-${n}`, mail(n)])),
});

/** `accepts`: how many messages SES takes before it throttles; each throttle lets one more through. */
async function throttledAfter(accepts: number, error: Error = new ThrottledError("slow down")) {
  let free = accepts;
  const sent: string[] = [];
  const world = new World({
    still: true,
    send: async (_, { componentId }) => {
      if (free-- <= 0) {
        free = 1;
        throw error;
      }
      sent.push(componentId);
      return { sent: true };
    },
  });
  await world.publish(course);
  const enrollment = await world.enter();
  return { world, sent, advance: () => advanceEnrollment(enrollment, world.ports) };
}

test("a call that has sent messages and is then throttled lets the execution go on", async () => {
  const { world, sent, advance } = await throttledAfter(2);
  expect(await advance()).toEqual({ next: "continue" });
  expect(sent).toEqual(["mail-0", "mail-1"]);
  const { position, steps } = await world.only();
  expect([position.componentId, position.claim, steps.length]).toEqual(["mail-2", undefined, 2]);
});

test("a call that is throttled at once fails, so that the execution waits longer and longer", async () => {
  const { advance } = await throttledAfter(0);
  await expect(advance()).rejects.toThrow(ThrottledError);
});

test("a throttle for each message fails at most the first call, and every message is sent once", async () => {
  const { world, sent, advance } = await throttledAfter(1);
  const calls = [];
  for (let n = 0; n < MAILS; n++) calls.push((await advance()).next);
  expect(calls).toEqual(["continue", "continue", "continue", "continue", "done"]);
  expect(sent).toEqual(Object.keys(course.components as object));
  expect((await world.only()).status).toBe("completed");
});

test.each([
  ["a used-up daily quota makes the customer wait", new QuotaError("used up"), "wait"],
  ["an error that is not a throttle fails the call", new TypeError("broken"), undefined],
])("%s, also after a message was sent", async (_, error, next) => {
  const { advance } = await throttledAfter(1, error);
  if (next === undefined) await expect(advance()).rejects.toThrow(error);
  else expect((await advance()).next).toBe(next);
});

test("a conflict between the message and the throttle does not hide the message", async () => {
  const { world, advance } = await throttledAfter(1);
  const { commit } = world.store;
  let conflicts = 0;
  world.store.commit = async (changes) => {
    // Another call is faster once, after the first message was recorded: the walk begins anew from what is stored.
    if (conflicts === 0 && (await world.only()).steps.length === 1) {
      conflicts++;
      throw new ConflictError("another call was faster");
    }
    await commit.call(world.store, changes);
  };
  expect(await advance()).toEqual({ next: "continue" });
  expect(conflicts).toBe(1);
});
