/** A crash between sending a message and recording it. */
import { describe, expect, test } from "vitest";
import { on } from "../../behaviour/scenario-of.ts";
import { before, lost, mail, message, sent } from "./before-sending.ts";

describe("the caller crashes between sending and recording", () => {
  test("the claim stays, and the next call waits 15 minutes for a report", async () => {
    const { world, advance } = await before("hello", [lost]);
    await expect(advance()).rejects.toThrow(lost);
    expect(await message(world)).toMatchObject({ state: "claimed" });
    expect(await advance()).toEqual({ next: "wait", until: on("01-05 10:15") });
    await world.run("01-05 10:14:59.999");
    expect(await advance()).toEqual({ next: "wait", until: on("01-05 10:15") });
    expect(world.sent).toHaveLength(1);
  });

  test("marketing: the message is then unknown, it is never sent again, and the customer goes on", async () => {
    const { world, advance } = await before("hello", [lost]);
    await expect(advance()).rejects.toThrow(lost);
    await world.run("01-05 10:15");
    expect(await advance()).toEqual({ next: "continue" });
    expect(await advance()).toEqual({ next: "done" });
    expect(await message(world)).toMatchObject({ state: "unknown", attempts: 1 });
    expect(await mail(world)).toMatchObject({ outcome: "done", reason: "send-unknown" });
    expect(world.sent).toHaveLength(1);
    expect(world.counted().j).toMatchObject({ "message.mail.unknown": 1 });
    expect(world.counted()).toEqual(world.recount());
  });

  test("transactional: the message is then sent a second time", async () => {
    const { world, advance } = await before("receipt", [lost, sent]);
    await expect(advance()).rejects.toThrow(lost);
    await world.run("01-05 10:15");
    expect(await advance()).toEqual({ next: "continue" });
    expect(await advance()).toEqual({ next: "done" });
    expect(await message(world)).toMatchObject({ state: "sent", attempts: 2 });
    expect(world.sent).toHaveLength(2);
    expect(world.sent[0]?.claim).toEqual(world.sent[1]?.claim);
    expect(world.counted()).toEqual(world.recount());
  });

  test("transactional, and the second call crashes too: the message is unknown", async () => {
    const { world, advance } = await before("receipt", [lost, lost]);
    await expect(advance()).rejects.toThrow(lost);
    await world.run("01-05 10:15");
    await advance();
    await expect(advance()).rejects.toThrow(lost);
    await world.run("01-05 10:30");
    expect(await advance()).toEqual({ next: "continue" });
    expect(await advance()).toEqual({ next: "done" });
    expect(await message(world)).toMatchObject({ state: "unknown", attempts: 2 });
    expect(world.sent).toHaveLength(2);
  });

  test.each(["hello", "receipt"] as const)(
    "%s: a report that proves the sending ends the waiting, nothing is sent again",
    async (template) => {
      const { world, advance, report } = await before(template, [lost]);
      await expect(advance()).rejects.toThrow(lost);
      await report("delivered", "01-05 10:01");
      expect(await message(world)).toMatchObject({ state: "sent", statuses: { delivered: on("01-05 10:01") } });
      expect(await advance()).toEqual({ next: "continue" });
      expect(await advance()).toEqual({ next: "done" });
      expect(await mail(world)).toMatchObject({ outcome: "done" });
      expect(world.sent).toHaveLength(1);
      expect(world.counted().j).toMatchObject({ "message.mail.sent": 1, "message.mail.delivered": 1 });
      expect(world.counted()).toEqual(world.recount());
    },
  );

  test("a report that comes after the message was given up corrects the record", async () => {
    const { world, advance, report } = await before("hello", [lost]);
    await expect(advance()).rejects.toThrow(lost);
    await world.run("01-05 10:15");
    await advance();
    await report("delivered", "01-05 10:01");
    expect(await message(world)).toMatchObject({ state: "sent" });
    expect(world.counted().j).not.toHaveProperty("message.mail.unknown");
    expect(world.counted()).toEqual(world.recount());
  });
});
