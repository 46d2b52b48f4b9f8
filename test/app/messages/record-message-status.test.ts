/** Reports about messages: late, repeated, in any order, and about unknown messages. */
import { describe, expect, test } from "vitest";
import { matchEvent } from "../../../lambdas/app/entry/match-event.ts";
import { recordMessageStatus } from "../../../lambdas/app/messages/record-message-status.ts";
import type { Status } from "../../../lambdas/domain/messages/message-status.ts";
import { journey, on } from "../../behaviour/scenario-of.ts";
import { eventOf, World } from "../world.ts";

async function sent() {
  const world = new World();
  const components = {
    mail: { type: "sendTemplate", template: "hello", next: "rest" },
    rest: { type: "wait", for: "P9D" },
  };
  await world.publish(journey({ components }));
  const { enrollmentId } = await world.enter();
  await world.run();
  const report = (status: Status, time: string, messageId = `${enrollmentId}-0`, customerId = "c-1") =>
    recordMessageStatus({ customerId, messageId, status, time: on(time) }, world.ports);
  return { world, report };
}

const statuses = async (world: World) => (await world.only()).messages[0]?.statuses;

describe("the statuses of a message are a set of facts with times", () => {
  test("in any order", async () => {
    const { world, report } = await sent();
    await report("clicked", "01-05 12:00");
    await report("delivered", "01-05 10:01");
    await report("read", "01-05 11:00");
    expect(await statuses(world)).toEqual({
      sent: on("01-05 10:00"),
      delivered: on("01-05 10:01"),
      read: on("01-05 11:00"),
      clicked: on("01-05 12:00"),
    });
  });

  test("twice: the earliest time stays, whichever comes first", async () => {
    const { world, report } = await sent();
    await report("read", "01-05 12:00");
    await report("read", "01-05 13:00");
    expect((await statuses(world))?.read).toBe(on("01-05 12:00"));
    await report("read", "01-05 11:00");
    expect((await statuses(world))?.read).toBe(on("01-05 11:00"));
    expect(world.counted()).toEqual(world.recount());
  });

  test("a repeated report stores nothing", async () => {
    const { world, report } = await sent();
    await report("read", "01-05 12:00");
    const { revision } = await world.only();
    await report("read", "01-05 12:00");
    expect((await world.only()).revision).toBe(revision);
  });

  test("several at once: none is lost", async () => {
    const { world, report } = await sent();
    const all: Status[] = ["delivered", "read", "clicked", "replied", "complained"];
    await Promise.all(all.map((status) => report(status, "01-05 12:00")));
    expect(Object.keys((await statuses(world)) ?? {}).sort()).toEqual([...all, "sent"].sort());
    expect(world.counted()).toEqual(world.recount());
  });

  test("after the enrollment has ended", async () => {
    const { world, report } = await sent();
    await world.run("01-20 00:00");
    await report("read", "01-20 00:00");
    expect(world.counted().j).toMatchObject({ completed: 1, "message.mail.read": 1 });
    expect(world.counted()).toEqual(world.recount());
  });
});

describe("a report about an unknown message has no effect", () => {
  test.each([
    ["another message", "none-0", "c-1"],
    ["another visit's", undefined, "c-1"],
    ["another customer's", undefined, "c-2"],
    ["no message id at all", "", "c-1"],
  ])("%s", async (_, messageId, customerId) => {
    const { world, report } = await sent();
    const before = await world.only();
    const id = messageId ?? `${before.enrollmentId}-${customerId === "c-1" ? 7 : 0}`;
    await report("read", "01-05 12:00", id, customerId);
    expect(await world.only()).toEqual(before);
  });
});

describe("bounced and complained keep the address from marketing", () => {
  test.each(["bounced", "complained"] as const)("%s", async (status) => {
    const { world, report } = await sent();
    await report(status, "01-05 12:00");
    expect((await world.store.customer("c-1")).suppressed).toEqual({
      email: "ann@shop.example",
      reason: status,
      at: on("01-05 12:00"),
    });
  });

  test("a permanent bounce stays on the profile, and outranks a complaint", async () => {
    const { world, report } = await sent();
    await report("complained", "01-05 11:00");
    await report("bounced", "01-05 12:00");
    const { revision } = await world.store.customer("c-1");
    await report("complained", "01-05 13:00");
    await report("bounced", "01-05 14:00");
    expect(await world.store.customer("c-1")).toMatchObject({ revision, suppressed: { reason: "bounced" } });
  });

  const updated = (world: World, time: string, email: string | null) =>
    matchEvent(eventOf("customer.updated", { time: on(time), changes: { email } }), world.ports);

  test("a new address removes it; no address, or the same address again, does not", async () => {
    const { world, report } = await sent();
    await report("bounced", "01-05 12:00");
    await updated(world, "01-05 13:00", "ann@shop.example");
    await updated(world, "01-05 14:00", null);
    expect(await world.store.customer("c-1")).toMatchObject({ suppressed: { email: "ann@shop.example" } });
    await updated(world, "01-05 15:00", "new@shop.example");
    expect((await world.store.customer("c-1")).suppressed).toBeUndefined();
  });

  test("a report that comes after the address has changed does not suppress the new one", async () => {
    const { world, report } = await sent();
    await updated(world, "01-05 11:00", "new@shop.example");
    await report("bounced", "01-05 12:00");
    expect((await world.store.customer("c-1")).suppressed).toBeUndefined();
    expect(await statuses(world)).toMatchObject({ bounced: on("01-05 12:00") });
  });

  test.each(["sent", "delivered", "read", "clicked", "replied", "failed"] as const)("%s does not", async (status) => {
    const { world, report } = await sent();
    await report(status, "01-05 12:00");
    expect((await world.store.customer("c-1")).suppressed).toBeUndefined();
  });
});
