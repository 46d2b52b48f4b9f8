/** Reports about messages: late, repeated, in any order, and about unknown messages. */
import { describe, expect, test } from "vitest";
import { matchEvent } from "../../../lambdas/app/entry/match-event.ts";
import { type ReportedStatus, recordMessageStatus } from "../../../lambdas/app/messages/record-message-status.ts";
import { addressHash, addressMark } from "../../../lambdas/domain/customer/address-mark.ts";
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
  const report = (status: Status, time: string, more: Partial<ReportedStatus> = {}) =>
    recordMessageStatus(
      { customerId: "c-1", messageId: `${enrollmentId}-0`, status, time: on(time), ...more },
      world.ports,
    );
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
    await report("read", "01-05 12:00", { messageId: id, customerId });
    expect(await world.only()).toEqual(before);
  });
});

describe("a report about an address is a fact of the address", () => {
  const facts = async (world: World, email = "ann@shop.example") =>
    (await world.store.addressFacts(addressHash(email, world.ports.addressKey ?? ""))).reports;

  test.each(["bounced", "complained"] as const)("%s", async (status) => {
    const { world, report } = await sent();
    const { revision } = await world.store.customer("c-1");
    await report(status, "01-05 12:00");
    expect(await facts(world)).toEqual({ [status]: on("01-05 12:00") });
    expect(await world.store.customer("c-1")).toMatchObject({ revision });
  });

  test("a repeated report stores nothing", async () => {
    const { world, report } = await sent();
    await report("bounced", "01-05 12:00");
    await report("bounced", "01-05 14:00");
    expect(await facts(world)).toEqual({ bounced: on("01-05 12:00") });
  });

  test("a report that comes after the address has changed concerns the old address", async () => {
    const { world, report } = await sent();
    const changes = { email: "new@shop.example" };
    await matchEvent(eventOf("customer.updated", { time: on("01-05 11:00"), changes }), world.ports);
    await report("bounced", "01-05 12:00");
    expect([await facts(world), await facts(world, changes.email)]).toEqual([{ bounced: on("01-05 12:00") }, {}]);
    expect(await statuses(world)).toMatchObject({ bounced: on("01-05 12:00") });
  });

  test.each(["sent", "delivered", "read", "clicked", "replied", "failed"] as const)("%s is none", async (status) => {
    const { world, report } = await sent();
    await report(status, "01-05 12:00");
    expect(await facts(world)).toEqual({});
  });

  test("a message to an address on the suppression list has failed, and counts as failed only", async () => {
    const { world, report } = await sent();
    await report("failed", "01-05 12:00", { reason: "suppressed" });
    await report("sent", "01-05 12:01");
    expect(await facts(world)).toEqual({ suppressed: on("01-05 12:00") });
    const { messages } = await world.only();
    expect(messages).toMatchObject([{ state: "failed", reason: "suppressed" }]);
    const counts = Object.entries(world.store.counts.get("j") ?? {});
    expect(counts.filter(([name, count]) => name.startsWith("message.") && count !== 0)).toEqual([
      [`message.${messages[0]?.componentId}.failed`, 1],
    ]);
  });

  test("a message of an earlier release has only a mark: its report is stored with the customer", async () => {
    const { world, report } = await sent();
    const before = await world.only();
    const messages = before.messages.map(({ addressHash: _, ...message }) => ({
      ...message,
      address: addressMark("ann@shop.example"),
    }));
    await world.store.commit([
      { kind: "enrollment", enrollment: { ...before, messages, revision: before.revision + 1 } },
    ]);
    await report("complained", "01-05 12:00");
    expect((await world.store.customer("c-1")).suppressed).toEqual({
      email: "ann@shop.example",
      reason: "complained",
      at: on("01-05 12:00"),
    });
  });
});

describe("the status that an app reports", () => {
  test.each(["sent", "delivered", "read", "clicked", "bounced", "complained", "failed"] as const)(
    "%s of an email has no effect",
    async (status) => {
      const { world, report } = await sent();
      const before = await world.only();
      await report(status, "01-05 12:00", { byApp: true });
      expect(await world.only()).toEqual(before);
    },
  );

  test("replied of an email counts", async () => {
    const { world, report } = await sent();
    await report("replied", "01-05 12:00", { byApp: true });
    expect(await statuses(world)).toMatchObject({ replied: on("01-05 12:00") });
  });
});
