/** The outcome of an effect and the wait after it are stored together, and no event in between is missed. */
import { expect, test } from "vitest";
import { recordMessageStatus } from "../../../lambdas/app/messages/record-message-status.ts";
import type { Ports } from "../../../lambdas/app/ports.ts";
import type { Mail } from "../../../lambdas/app/sending-ports.ts";
import { advanceEnrollment } from "../../../lambdas/app/walk/advance-enrollment.ts";
import { journey, on } from "../../behaviour/scenario-of.ts";
import { watched } from "../calls.ts";
import { World } from "../world.ts";

const mail = { type: "sendTemplate", template: "hello", next: "rest" };
const tag = { type: "addTag", tags: ["x"] };
const wait = { type: "wait", for: "P1D", next: "tag" };
const rule = { type: "messageStatusRule", message: "mail", status: "clicked", within: "P1D", met: "tag" };

/** One call for a customer before the message: its instruction and the number of its commits. */
async function sending(rest: object, send?: (world: World) => Promise<Awaited<ReturnType<Mail["send"]>> | undefined>) {
  const world: World = new World({ still: true, send: async () => (await send?.(world)) ?? { sent: true } });
  await world.publish(journey({ exit: [{ id: "left", event: "leave" }], components: { mail, rest, tag } }));
  let commits = 0;
  const ports: Ports = watched(world.ports, (call, make) => {
    if (call === "store.commit") commits++;
    return make();
  });
  const instruction = await advanceEnrollment(await world.enter(), ports);
  expect(world.counted()).toEqual(world.recount());
  return { world, instruction, commits, enrollment: await world.only() };
}

test.each([
  ["wait", wait, { next: "wait", until: on("01-06 10:00") }],
  ["messageStatusRule", rule, { next: "awaitSignal", until: on("01-06 10:00"), visit: 1 }],
])("%s: one commit for the claim, one for the record and the wait", async (type, rest, told) => {
  const { instruction, commits, enrollment } = await sending(rest);
  expect([instruction, commits]).toEqual([told, 2]);
  expect(enrollment).toMatchObject({
    messages: [{ state: "sent" }],
    steps: [
      { componentId: "mail", outcome: "done" },
      { componentId: "rest", type, outcome: "waiting", until: on("01-06 10:00") },
    ],
    dueAt: on("01-06 10:05"),
  });
});

test("a change of the customer is stored together with the wait after it", async () => {
  const world = new World({ still: true });
  await world.publish(journey({ components: { tag: { ...tag, next: "rest" }, rest: { type: "wait", for: "P1D" } } }));
  const before = await world.enter();
  expect(await advanceEnrollment(before, world.ports)).toEqual({ next: "wait", until: on("01-06 10:00") });
  expect(await world.only()).toMatchObject({
    revision: before.revision + 1,
    steps: [{ outcome: "done" }, { outcome: "waiting" }],
  });
  expect((await world.store.customer("c-1")).tags).toEqual(["x"]);
  expect(world.counted()).toEqual(world.recount());
});

test("after a permanently refused message the customer waits, or leaves at once a rule about that message", async () => {
  const refused = async () => ({ sent: false, reason: "address-rejected" }) as const;
  expect((await sending(wait, refused)).enrollment).toMatchObject({
    messages: [{ state: "failed" }],
    position: { componentId: "rest", waiting: { for: "timer" } },
  });
  expect((await sending(rule, refused)).enrollment).toMatchObject({
    status: "completed",
    messages: [{ state: "failed" }],
  });
});

test("a status that comes before the record counts: the rule is met without a wait", async () => {
  const { enrollment, world } = await sending(rule, async (world) => {
    const { customerId, enrollmentId } = await world.only();
    const report = { customerId, messageId: `${enrollmentId}-0`, status: "clicked", time: on("01-05 10:00") } as const;
    await recordMessageStatus(report, world.ports);
    return undefined;
  });
  expect(enrollment.steps.map(({ componentId, outcome }) => [componentId, outcome])).toEqual([
    ["mail", "done"],
    ["rest", "met"],
    ["tag", "done"],
  ]);
  expect((await world.store.customer("c-1")).tags).toEqual(["x"]);
});

test.each([
  ["wait", wait],
  ["messageStatusRule", rule],
])("an exit that comes before the record: the customer has left and does not wait at the %s", async (_, rest) => {
  const { enrollment, instruction } = await sending(rest, async (world) => {
    world.happens("leave", { time: on("01-05 10:01") });
    await world.run();
    return undefined;
  });
  expect(instruction).toEqual({ next: "done" });
  expect(enrollment).toMatchObject({ status: "exited", reason: "left", messages: [{ state: "sent" }], steps: [] });
});
