/** `stats`: the funnel of a journey. */
import { describe, expect, test } from "vitest";
import { handleDeliveryReport } from "../../../lambdas/app/messages/handle-delivery-report.ts";
import { longer } from "../customers/stubborn.ts";
import { answer, command } from "../on-stack.ts";
import { cart, checkout, save, shop } from "../shop.ts";

describe("stats", () => {
  test("counts the messages that an app sends, before and after its report, under the names of the components", async () => {
    const stack = await shop();
    stack.put({ id: "ping", channel: "event", class: "marketing", text: "Hi" });
    const components = { ping: { type: "sendTemplate", template: "ping", name: "Push message" } };
    await save(stack, { ...cart, id: "push", components, start: "ping", exit: [], goals: [] });
    await checkout(stack, "fay");
    const requested = async () => (await answer(stack, ["stats", "push"])).json.messages;
    expect(await requested()).toMatchObject([{ name: "Push message", requested: 1, sent: 0 }]);
    const enrollments = await stack.world.store.enrollments("fay");
    const messageId = enrollments
      .flatMap(({ messages }) => messages)
      .find(({ channel }) => channel === "event")?.messageId;
    const time = stack.world.clock.now();
    await handleDeliveryReport(
      { customerId: "fay", messageId: String(messageId), status: "delivered", time, byApp: true },
      stack.world.ports,
    );
    expect(await requested()).toMatchObject([{ requested: 1, sent: 1, statuses: { delivered: 1 } }]);
    const { out } = await command(stack, ["stats", "push"]);
    expect(out).toMatch(/message +requested +sent +skipped/);
    expect(out).toMatch(/Push message +1 +1 +0 +1 \(100 %\)/);
    expect((await command(stack, ["stats", "cart"])).out).not.toContain("requested");
  });

  test("are a funnel: entries, customers at each component, messages and goals", async () => {
    const stack = await shop();
    const { exitCode, json } = await answer(stack, ["stats", "cart"]);
    expect([exitCode, json]).toMatchObject([
      0,
      { entered: 3, active: 1, completed: 1, exited: { total: 1, reasons: { bought: 1 } }, failed: { total: 0 } },
    ]);
    expect(json.components[1]).toMatchObject({
      componentId: "was-read",
      here: 1,
      left: { met: 1, notMet: 0, exited: 1 },
    });
    expect(json.messages[0].statuses).toEqual({
      delivered: 1,
      read: 1,
      clicked: 0,
      replied: 0,
      bounced: 0,
      complained: 0,
      failed: 0,
    });
    const { out } = await command(stack, ["stats", "cart"]);
    expect(out).toMatch(/^Cart \(cart\), version 1, active$/m);
    expect(out).toContain("3 entered: 1 inside, 1 completed, 1 exited (bought 1), 0 failed.");
    expect(out).toMatch(/sale +1 +33\.3 %/);
  });

  test("--version counts only the customers who entered with this version, from their logs", async () => {
    const stack = await shop();
    await save(stack, longer);
    await checkout(stack, "fay");
    const first = await answer(stack, ["stats", "cart", "--version", "1"]);
    expect(first.json).toMatchObject({ version: 1, entered: 3, active: 1, goals: [{ reached: 1, medianSeconds: 6 }] });
    const second = await answer(stack, ["stats", "cart", "--version", "v2"]);
    expect(second.json).toMatchObject({ version: 2, entered: 1, active: 1, goals: [{ reached: 0 }] });
    expect(second.json.components.map(({ componentId }: { componentId: string }) => componentId)).toContain("gift");
    expect((await command(stack, ["stats", "cart", "--version", "1"])).out).toContain(
      "sale: half of the customers reached it within 6 s of entering.",
    );
    expect((await answer(stack, ["stats", "cart"])).json).toMatchObject({ version: 2, entered: 4 });
  });

  test("refuse a version that does not exist: exit code 2", async () => {
    const { exitCode, err } = await command(await shop(), ["stats", "cart", "--version", "7"]);
    expect([exitCode, err]).toEqual([2, 'The journey "cart" has no version 7. The newest is 1.']);
  });
});
