/**
 * Crashes before every call of a port, and after every call that changes something, while two journeys send to one
 * customer under a cap. The cap holds, no marketing email is sent twice, every request is published, and exactly the
 * messages that may have been sent count for the cap.
 */
import { expect, test } from "vitest";
import { toMilliseconds } from "../../lambdas/domain/time/time.ts";
import { journey } from "../behaviour/scenario-of.ts";
import { ofASample, whole } from "../sample.ts";
import { type Call, countCalls, edgesOf } from "./calls.ts";
import { Crash } from "./crashes.ts";
import { harm, miscounted } from "./harm.ts";
import { good, World } from "./world.ts";

const limits = {
  cap: [{ max: 1, within: "P1D", otherwise: "delay", atMost: "P9D" }],
  quietHours: { from: "21:00", to: "08:00", otherwise: "delay" },
};
const documents = [
  journey({
    limits,
    components: {
      mail: { type: "sendTemplate", template: "hello", next: "text" },
      text: { type: "sendTemplate", template: "sms" },
    },
  }),
  journey({ id: "k", limits, components: { mail: { type: "sendTemplate", template: "hello" } } }),
].map(good);

const DAY = 86_400_000;

async function live(crash: Crash) {
  const world = new World({ crash });
  for (const document of documents) await world.adopt(document);
  world.happens("start", { id: "s", changes: { email: "ann@shop.example" } });
  await world.run("01-30 00:00");
  return world;
}

test.each(["before", "after"] as const)("a crash %s any call", ofASample, async (side) => {
  const states = new Set<string>();
  const none = new Crash(0, side);
  const untouched = await live(none);
  const crashed: Call[] = [];
  const places = edgesOf(none.calls);
  for (let nth = 0; ; nth++) {
    if (!whole && nth > 0 && nth <= none.calls.length && !places.has(nth - 1)) continue;
    const crash = new Crash(nth, side);
    const world = await live(crash);
    if (nth > 0 && crash.at === undefined) break;
    if (crash.at) crashed.push(crash.at);
    const where = `${side} call ${nth}, ${crash.at}`;
    const enrollments = await world.store.enrollments("c-1");
    // Only a message that may or may not have been sent can be missing.
    const unknown = enrollments.some(({ messages }) => messages.some(({ state }) => state === "unknown"));
    if (!unknown) expect(harm(world, untouched), where).toEqual([]);
    expect(
      enrollments.map(({ status }) => status),
      where,
    ).toEqual(["completed", "completed"]);
    const messages = enrollments.flatMap(({ messages }) => messages);
    for (const { state } of messages) states.add(state);
    const emails = world.sent.map(({ claim }) => claim.messageId);
    expect(new Set(emails).size, where).toBe(emails.length);
    const requests = world.published.filter(({ name }) => name === "message.requested");
    expect(new Set(requests.map(({ id }) => id)).size, where).toBe(1);
    // A crash makes the system claim a request again, so the later claim counts.
    const times = messages.map(({ claimedAt }) => toMilliseconds(claimedAt)).sort((a, b) => a - b);
    expect(times, where).toHaveLength(3);
    for (const [index, time] of times.entries())
      if (index > 0) expect(time - (times[index - 1] ?? 0), where).toBeGreaterThanOrEqual(DAY);
    expect((await world.store.sendLog("c-1")).sends.map(({ messageId }) => messageId).sort(), where).toEqual(
      messages.map(({ messageId }) => messageId).sort(),
    );
    expect(miscounted(world.counted(), world.recount()), where).toEqual([]);
  }
  expect(new Set(crashed)).toEqual(new Set(none.calls));
  if (whole) expect(countCalls(crashed)).toEqual(countCalls(none.calls));
  expect([...states].sort()).toEqual(["requested", "sent", "unknown"]);
});
