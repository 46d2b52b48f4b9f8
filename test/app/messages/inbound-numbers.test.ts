/** Whose message it is: by the number, by the message that it answers, and by what is true of the customer now. */
import { describe, expect, test } from "vitest";
import { addressHash } from "../../../lambdas/domain/customer/address-mark.ts";
import { watched } from "../calls.ts";
import type { World } from "../world.ts";
import { NUMBER, reminded, says, stop } from "./inbound.ts";

describe("a message from a number", () => {
  const eventsOf = async (world: World, customerId: string) =>
    (await world.store.events(customerId, "message.received", "")).map(({ data }) => data);

  test.each([
    ["that no customer has", { from: "+491713920009" }],
    ["that is no number in E.164", { from: "12345" }],
  ])("%s has no effect", async (_, said) => {
    const world = await reminded();
    const deliveries: string[] = [];
    expect(await says(world, { ...stop, ...said }, deliveries)).toBe("unknown-number");
    expect(deliveries).toEqual([]);
    expect((await world.store.customer("c-1")).attributes).toEqual({ phone: NUMBER });
  });

  test("that its customer has given up has no effect", async () => {
    const world = await reminded();
    world.happens("moved", { id: "m", changes: { phone: "+491713920002" } });
    await world.run("01-05 10:40");
    expect(await says(world, stop)).toBe("unknown-number");
  });

  test("of an erased customer has no effect, and the number's item names the customer no more", async () => {
    const world = await reminded();
    world.happens("customer.deleted", { id: "d" });
    await world.run("01-05 10:40");
    expect(await says(world, { at: "01-05 10:41" })).toBe("unknown-number");
    const stored = await world.store.addressFacts(addressHash(NUMBER, world.ports.addressKey ?? ""));
    expect(stored.conversation).toBeUndefined();
    expect(stored.revision).toBeGreaterThan(0);
  });

  test("that WhatsApp writes in another form than the customer is an event and a STOP of the customer", async () => {
    const world = await reminded();
    world.happens("signed.up", { id: "n", customerId: "c-9", changes: { phone: "+525512345678" } });
    await world.run("01-05 10:40");
    expect(await says(world, { ...stop, channel: "whatsapp", from: "+5215512345678" })).toBe("received");
    await world.run("01-05 11:00");
    expect(await eventsOf(world, "c-9")).toEqual([{ channel: "whatsapp", text: "Stop!", word: "stop" }]);
    expect((await world.store.customer("c-9")).attributes.unsubscribedChannels).toEqual(["whatsapp"]);
  });

  test.each([
    ["is erased", "customer.deleted", undefined],
    ["gives up the number", "moved", { phone: "+491713920002" }],
  ])("of a customer who %s just before the message is stored names nobody", async (_, name, changes) => {
    const world = await reminded();
    let happened = false;
    const ports = watched(world.ports, (call, make) => {
      if (happened || call !== "store.commit") return make();
      happened = true;
      world.happens(name, { id: "d", ...(changes && { changes }) });
      return world.run("01-05 10:40").then(make);
    });
    expect(await says(world, { at: "01-05 10:41" }, [], ports)).toBe("unknown-number");
    const stored = await world.store.addressFacts(addressHash(NUMBER, world.ports.addressKey ?? ""));
    expect([happened, stored.conversation]).toEqual([true, undefined]);
  });

  test("that two customers have is an event of the customer last written to, and its STOP counts for both", async () => {
    const world = await reminded();
    world.happens("start", { id: "t", customerId: "c-2", changes: { phone: NUMBER } });
    await world.run("01-05 10:40");
    await says(world, { ...stop, at: "01-05 10:45" });
    await world.run("01-05 11:00");
    expect(await eventsOf(world, "c-1")).toEqual([]);
    const [message] =
      (await world.only("c-2").catch(() => world.store.enrollments("c-2").then(([first]) => first)))?.messages ?? [];
    expect(await eventsOf(world, "c-2")).toEqual([
      { channel: "sms", text: "Stop!", word: "stop", messageId: message?.messageId },
    ]);
    for (const customerId of ["c-1", "c-2"])
      expect((await world.store.customer(customerId)).attributes.unsubscribedChannels).toEqual(["sms"]);
  });

  test("with STOP counts for a customer to whom a message is sent while STOP is handled", async () => {
    const world = await reminded();
    let happened = false;
    const ports = watched(world.ports, (call, make) => {
      if (happened || call !== "store.commit") return make();
      happened = true;
      world.happens("start", { id: "t", customerId: "c-2", changes: { phone: NUMBER } });
      return world.run("01-05 10:40").then(make);
    });
    expect(await says(world, { ...stop, at: "01-05 10:41" }, [], ports)).toBe("received");
    for (const customerId of ["c-1", "c-2"])
      expect((await world.store.customer(customerId)).attributes.unsubscribedChannels).toEqual(["sms"]);
  });

  test("that two customers have is an event of the customer whose message it answers", async () => {
    const world = await reminded();
    const { messages } = (await world.store.enrollments("c-1"))[0] ?? {};
    const messageId = messages?.[0]?.messageId ?? "";
    world.happens("start", { id: "t", customerId: "c-2", changes: { phone: NUMBER } });
    await world.run("01-05 10:40");
    await says(world, { at: "01-05 10:45", answers: { customerId: "c-1", messageId } });
    await world.run("01-05 11:00");
    expect(await eventsOf(world, "c-1")).toEqual([{ channel: "sms", text: "Yes", word: "yes", messageId }]);
    expect(await eventsOf(world, "c-2")).toEqual([]);
  });

  test("that answers a message to a customer without the number is an event of the customer with the number", async () => {
    const world = await reminded();
    await says(world, { at: "01-05 10:45", answers: { customerId: "c-7", messageId: "m-0" } });
    await world.run("01-05 11:00");
    expect(await eventsOf(world, "c-1")).toEqual([{ channel: "sms", text: "Yes", word: "yes" }]);
    expect(await eventsOf(world, "c-7")).toEqual([]);
  });

  test("of a customer to whom the stack has sent no message is an event of this customer", async () => {
    const world = await reminded();
    world.happens("signed.up", { id: "n", customerId: "c-9", changes: { phone: "+491713920005" } });
    await world.run("01-05 10:40");
    expect(await says(world, { at: "01-05 10:45", from: "+491713920005" })).toBe("received");
    await world.run("01-05 11:00");
    expect(await eventsOf(world, "c-9")).toEqual([{ channel: "sms", text: "Yes", word: "yes" }]);
  });
});
