/** Text messages on the deployed stack, whose emulator reports only what a test asks for. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Enrollment } from "../../../lambdas/domain/enrollment/enrollment.ts";
import { optOut, reportText, silenceTexts, type Text, textSetting, texts } from "../../../local/texts.ts";
import { type Running, running } from "../running.ts";
import { until } from "../waiting.ts";

/** In the stack's scaled time. */
const SECONDS_A_MESSAGE = 600;

let run: Running;
beforeAll(async () => {
  run = await running({ context: { sms: textSetting({ rate: 1 / SECONDS_A_MESSAGE }) } });
  await silenceTexts(run.engine);
  const text = { id: "hello", channel: "sms", class: "marketing", text: "Hello {{ customer.firstName }} & <co>" };
  await run.stack.put("TemplatesTableName", text);
  const trigger = { event: "go", entry: "always" };
  const components = {
    s: { type: "sendTemplate", template: "hello", next: "r" },
    r: { type: "messageStatusRule", message: "s", status: "delivered", within: "P60D", met: "yes" },
    yes: { type: "addTag", tags: ["reached"] },
  };
  const journey = { id: "texts", name: "Texts", status: "active", trigger, start: "s", components };
  expect(await run.stack.save(journey)).toMatchObject({ state: "published", problems: [] });
  // Functions cache the journeys for five seconds.
  await new Promise((resolve) => setTimeout(resolve, 6_000));
}, 180_000);
afterAll(() => run?.stop(), 60_000);

let people = 0;
/** A customer with a number of their own. */
function somebody() {
  const number = people++;
  return { customerId: `t-${number}`, phone: `+1202555${String(1000 + number)}` };
}
type Somebody = ReturnType<typeof somebody>;

const go = ({ customerId, phone }: Somebody, changes: object = {}) =>
  run.stack.publish("go", { customerId, customer: { phone, firstName: "Ada", ...changes } });
const sentTo = async ({ phone }: Somebody) => (await texts(run.engine)).filter(({ to }) => to === phone);
const oneTo = (who: Somebody): Promise<Text> =>
  until(`a text to ${who.phone}`, async () => (await sentTo(who))[0], {
    instead: () => run.stack.enrollments(who.customerId),
  });
const ended = ({ customerId }: Somebody): Promise<Enrollment> =>
  until(
    `${customerId} to complete`,
    async () => (await run.stack.enrollments(customerId)).find(({ status }) => status === "completed"),
    { instead: () => run.stack.enrollments(customerId) },
  );
const outcomes = ({ steps }: Enrollment) => steps.map(({ outcome }) => outcome);

test("the text goes out with the claim in its context, and its report takes the customer on", async () => {
  const who = somebody();
  await go(who);
  const text = await oneTo(who);
  expect(text).toMatchObject({ text: "Hello Ada & <co>", type: "PROMOTIONAL" });
  expect(text.context).toMatchObject({ message: expect.stringMatching(/-0$/), stack: expect.any(String) });
  await reportText(run.engine, text, "TEXT_DELIVERED");
  expect(outcomes(await ended(who))).toEqual(["done", "met", "done"]);
});

test.each([
  [
    ["TEXT_QUEUED", "TEXT_SENT", "TEXT_DELIVERED"],
    ["done", "met", "done"],
  ],
  [
    ["TEXT_DELIVERED", "TEXT_SENT", "TEXT_QUEUED"],
    ["done", "met", "done"],
  ],
  [
    ["TEXT_SENT", "TEXT_SENT", "TEXT_DELIVERED", "TEXT_DELIVERED"],
    ["done", "met", "done"],
  ],
  [
    ["TEXT_SENT", "TEXT_UNREACHABLE"],
    ["done", "notMet"],
  ],
  [
    ["TEXT_UNREACHABLE", "TEXT_SENT"],
    ["done", "notMet"],
  ],
])("reports %j: %j", async (kinds, expected) => {
  const who = somebody();
  await go(who);
  const text = await oneTo(who);
  for (const kind of kinds) await reportText(run.engine, text, kind);
  expect(outcomes(await ended(who))).toEqual(expected);
});

describe("nothing goes out", () => {
  test("to a number that opted out: the service refuses once, and the next customer with the number is skipped", async () => {
    const who = somebody();
    const other = { ...somebody(), phone: who.phone };
    await optOut(run.engine, who.phone);
    await go(who);
    expect((await ended(who)).messages).toMatchObject([{ state: "failed", reason: "opted-out" }]);
    await go(other);
    expect((await ended(other)).messages).toMatchObject([{ state: "skipped", reason: "opted-out" }]);
    expect(await sentTo(who)).toEqual([]);
  });

  test.each([
    ["no number", { phone: null }, "no-address"],
    ["a national number", { phone: "0171 3920001" }, "bad-address"],
    ["a number that cannot exist", { phone: "+491" }, "bad-address"],
    ["no more texts wanted", { unsubscribedChannels: ["sms"] }, "channel-unsubscribed"],
  ])("with %s", async (_, changes, reason) => {
    const who = somebody();
    await go(who, changes);
    expect((await ended(who)).messages).toMatchObject([{ state: "skipped", reason }]);
    expect(await sentTo(who)).toEqual([]);
  });
});

test("a burst goes out at the rate, one text to each customer", async () => {
  const crowd = Array.from({ length: 12 }, somebody);
  await Promise.all(crowd.map((who) => go(who)));
  const turns: number[] = [];
  for (const who of crowd) {
    const text = await oneTo(who);
    await reportText(run.engine, text, "TEXT_DELIVERED");
    const queuedUntil = (await ended(who)).steps[0]?.until;
    if (queuedUntil !== undefined) turns.push(Date.parse(queuedUntil));
  }
  turns.sort((a, b) => a - b);
  expect(turns.length).toBeGreaterThan(crowd.length / 2);
  for (const [index, turn] of turns.entries())
    if (index > 0) expect(turn - (turns[index - 1] ?? 0)).toBeGreaterThanOrEqual(SECONDS_A_MESSAGE * 1000);
  for (const who of crowd) expect(await sentTo(who), who.phone).toHaveLength(1);
});
