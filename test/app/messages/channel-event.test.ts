/** A message of an app's own channel is published as an event. */
import { describe, expect, test } from "vitest";
import { recordMessageStatus } from "../../../lambdas/app/messages/record-message-status.ts";
import { advanceEnrollment } from "../../../lambdas/app/walk/advance-enrollment.ts";
import type { PublishedEvent } from "../../../lambdas/domain/events/system-events.ts";
import { on, sms } from "../../behaviour/scenario-of.ts";
import type { World } from "../world.ts";
import { before, lost, message } from "./before-sending.ts";

describe("a channel of the app's own", () => {
  /** A bus that crashes right after or right before it has accepted the first request. */
  async function dying(side: "before" | "after") {
    const given = await before("sms", []);
    const { world } = given;
    const { bus } = world.ports;
    let died = false;
    const dies = {
      publish: async (events: readonly PublishedEvent[]) => {
        if (side === "after" || died) await bus.publish(events);
        if (!died) {
          died = true;
          throw lost;
        }
      },
    };
    const ref = await world.only();
    return { world, advance: () => advanceEnrollment(ref, { ...world.ports, bus: dies }) };
  }
  const requests = (world: World) => world.published.filter(({ name }) => name === "message.requested");

  test("is published with the claim's ids and its content only, and counts as requested, not as sent", async () => {
    const { world, advance } = await before("sms", []);
    await advance();
    const { enrollmentId } = await world.only();
    const about = { journeyId: "j", enrollmentId, componentId: "mail", messageId: `${enrollmentId}-0` };
    expect(requests(world)).toEqual([
      {
        name: "message.requested",
        id: expect.stringMatching(/^[a-z2-7]{26}$/),
        customerId: "c-1",
        time: on("01-05 10:00"),
        data: { ...about, template: "sms", class: "marketing", topic: "news", text: "Hi" },
        hops: 0,
      },
    ]);
    expect(await message(world)).toMatchObject({ state: "requested", statuses: {} });
    expect(world.sent).toEqual([]);
    expect(world.counted()).toEqual(world.recount());
  });

  test.each(["before", "after"] as const)(
    "a crash just %s publishing: published again at once, under the same id",
    async (side) => {
      const { world, advance } = await dying(side);
      await expect(advance()).rejects.toThrow(lost);
      expect(await message(world)).toMatchObject({ state: "claimed" });
      expect(await advance()).toEqual({ next: "continue" });
      expect(await advance()).toEqual({ next: "done" });
      expect(requests(world)).toHaveLength(side === "after" ? 2 : 1);
      expect(new Set(requests(world).map(({ id }) => id)).size).toBe(1);
      expect(await message(world)).toMatchObject({ state: "requested" });
      expect(world.counted()).toEqual(world.recount());
    },
  );

  test("a report that comes while it is unknown whether the message was requested is kept", async () => {
    const { world, advance } = await dying("after");
    await expect(advance()).rejects.toThrow(lost);
    const { messageId = "" } = (await message(world)) ?? {};
    const said = { customerId: "c-1", messageId, time: on("01-05 10:01") };
    await recordMessageStatus({ ...said, status: "failed" }, world.ports);
    await advance();
    await advance();
    expect(await message(world)).toMatchObject({ state: "requested", statuses: { failed: on("01-05 10:01") } });
    await recordMessageStatus({ ...said, status: "delivered" }, world.ports);
    expect(await message(world)).toMatchObject({ state: "sent" });
    expect(world.counted()).toEqual(world.recount());
  });

  test("a message that is too large for an event fails permanently", async () => {
    const { world, advance } = await before("sms", []);
    world.put({ ...sms, text: "x".repeat(250_000) });
    expect(await advance()).toEqual({ next: "done" });
    expect(requests(world)).toEqual([]);
    expect(await message(world)).toMatchObject({ state: "failed", reason: "too-large" });
  });
});
