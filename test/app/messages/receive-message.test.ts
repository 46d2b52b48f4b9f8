/**
 * The changes that a message from a customer makes, and the customers whom it changes. A repetition, a crash or two calls
 * at once make no further change.
 */
import { describe, expect, test } from "vitest";
import { addressHash } from "../../../lambdas/domain/customer/address-mark.ts";
import { journey, on } from "../../behaviour/scenario-of.ts";
import { Crash } from "../crashes.ts";
import { World } from "../world.ts";
import { answer, NUMBER, reminded, result, type Said, says, saysWithCrash, stop } from "./inbound.ts";

test("an answer is the status of the newest message, and an event that starts a journey", async () => {
  const world = await reminded();
  expect(await says(world, answer)).toBe("received");
  await world.run("01-08 10:00");
  const answered = await result(world);
  expect(answered.tags).toEqual(["answered"]);
  expect(answered.attributes).toEqual({ phone: NUMBER, said: "Yes" });
  expect(answered.journeys).toEqual([
    [
      "j",
      "completed",
      ["done", "met", "done", "done"],
      [
        ["sent", on("01-05 10:30")],
        ["sent", undefined],
      ],
    ],
    ["answers", "completed", ["done"], []],
  ]);
  expect(world.counted()).toEqual(world.recount());
});

test("STOP keeps the next marketing text back, counts as an answer, and starts a journey too", async () => {
  const world = await reminded();
  await says(world, stop);
  await world.run("01-08 10:00");
  const stopped = await result(world);
  expect(stopped.attributes).toEqual({ phone: NUMBER, unsubscribedChannels: ["sms"], said: "Stop!" });
  expect(stopped.texts).toBe(1);
  expect(stopped.journeys[0]?.[3]).toEqual([
    ["sent", on("01-05 10:30")],
    ["channel-unsubscribed", undefined],
  ]);
});

describe.each([
  ["an answer", answer],
  ["STOP", stop],
])("%s", (_, said) => {
  test.each(["before", "after"] as const)("with a crash %s any call, and then delivered again", async (side) => {
    const undisturbed = await reminded();
    await says(undisturbed, said);
    await undisturbed.run("01-08 10:00");
    const crashed = new Set<string>();
    for (let nth = 1; ; nth++) {
      const world = await reminded();
      const crash = new Crash(nth, side);
      await saysWithCrash(world, said, crash);
      if (crash.at === undefined) break;
      crashed.add(crash.at);
      await world.run("01-08 10:00");
      expect(await result(world), `${side} call ${nth}, ${crash.at}`).toEqual(await result(undisturbed));
      expect(world.counted()).toEqual(world.recount());
    }
    expect([...crashed]).toEqual(expect.arrayContaining(["store.commit", "events.put"]));
  });

  test("delivered twice at once, and again a day later, has the effects of one", async () => {
    const once = await reminded();
    await says(once, said);
    await once.run("01-08 10:00");
    const world = await reminded();
    await Promise.all([says(world, said), says(world, said)]);
    await world.run("01-06 10:31");
    await says(world, said);
    await world.run("01-08 10:00");
    expect(await result(world)).toEqual(await result(once));
  });
});

test("a STOP that is delivered again does not undo a consent that came after it", async () => {
  const world = await reminded();
  await says(world, stop);
  await world.run("01-05 11:00");
  world.happens("consent", { id: "c", changes: { unsubscribedChannels: [] } });
  await world.run("01-05 12:00");
  await says(world, stop);
  expect((await world.store.customer("c-1")).attributes.unsubscribedChannels).toEqual([]);
});

test("messages in another order than they were sent have the same effects", async () => {
  const early: Said = { at: "01-05 10:40", text: "Hello" };
  const late: Said = { at: "01-05 10:50", text: "STOP" };
  const seen = new Set<string>();
  for (const order of [
    [early, late],
    [late, early],
  ]) {
    const world = await reminded();
    await world.run("01-05 11:00");
    for (const said of order) await says(world, said);
    await world.run("01-08 10:00");
    const { attributes, journeys } = await result(world);
    seen.add(JSON.stringify([attributes.unsubscribedChannels, journeys[0]]));
  }
  const messages = [
    ["sent", on("01-05 10:40")],
    ["channel-unsubscribed", null],
  ];
  expect([...seen].map((each) => JSON.parse(each))).toEqual([
    [["sms"], ["j", "completed", ["done", "met", "done", "skipped"], messages]],
  ]);
});

test.each([
  ["Yes", ["agreed"]],
  ["YES! 👍", ["agreed"]],
  ["yesterday", []],
])("a journey that waits for the word yes, and the answer %j", async (text, tags) => {
  const world = new World();
  await world.publish(
    journey({
      trigger: {
        event: "message.received",
        where: { field: "event.word", operator: "equals", value: "yes" },
        entry: "always",
      },
      components: { note: { type: "addTag", tags: ["agreed"] } },
    }),
  );
  world.happens("signed.up", { id: "s", changes: { phone: NUMBER } });
  await world.run("01-05 10:00");
  expect(await says(world, { ...answer, text })).toBe("received");
  await world.run("01-05 11:00");
  expect((await world.store.customer("c-1")).tags).toEqual(tags);
});

describe("the message that is answered", () => {
  const repliedAt = async (world: World) =>
    (await world.store.enrollments("c-1"))[0]?.messages.map(({ statuses }) => statuses.replied);

  test.each([
    ["is one of 24 hours before", "01-06 10:00", on("01-06 10:00")],
    ["is none of 24 hours and a minute before", "01-06 10:01", undefined],
    ["is none that was sent after the answer", "01-05 09:59", undefined],
  ])("%s", async (_, at, expected) => {
    const world = new World();
    world.put({ id: "hello", channel: "sms", class: "marketing", text: "Hi" });
    await world.publish(journey({ components: { first: { type: "sendTemplate", template: "hello" } } }));
    await world.enter({ changes: { phone: NUMBER } });
    await world.run("01-06 10:05");
    await says(world, { at });
    expect(await repliedAt(world)).toEqual([expected]);
  });

  test("was sent on the channel of the answer", async () => {
    const world = await reminded();
    await says(world, { at: "01-05 10:31", channel: "email" });
    expect(await repliedAt(world)).toEqual([undefined]);
  });

  test("is an earlier one when the newest was refused", async () => {
    const refusals = [false, true];
    const world = new World({
      send: async () => (refusals.shift() ? { sent: false, reason: "PRICE_OVER_THRESHOLD" } : { sent: true }),
    });
    world.put({ id: "hello", channel: "sms", class: "marketing", text: "Hi" });
    await world.publish(
      journey({
        components: {
          first: { type: "sendTemplate", template: "hello", next: "second" },
          second: { type: "sendTemplate", template: "hello" },
        },
      }),
    );
    await world.enter({ changes: { phone: NUMBER } });
    await world.run("01-05 10:30");
    await says(world, { at: "01-05 10:31" });
    expect(await repliedAt(world)).toEqual([on("01-05 10:31"), undefined]);
  });
});

test("the time of the newest message is a fact of the number, whatever the order", async () => {
  const world = await reminded();
  for (const at of ["01-05 10:40", "01-05 10:50", "01-05 10:45"]) await says(world, { at });
  const { inboundAt } = await world.store.addressFacts(addressHash(NUMBER, world.ports.addressKey ?? ""));
  expect(inboundAt).toEqual({ sms: on("01-05 10:50") });
});

test("a long text is cut", async () => {
  const world = await reminded();
  const deliveries: string[] = [];
  await says(world, { at: "01-05 10:31", text: `${"a".repeat(4_095)}😀 and more` }, deliveries);
  const { detail } = JSON.parse(deliveries[0] ?? "{}") as { detail: { data: { text: string } } };
  expect(detail.data.text).toBe(`${"a".repeat(4_095)}\uFFFD`);
});
