/** `list`: the journeys of the stack. */
import { describe, expect, test } from "vitest";
import { newBreaker } from "../../../lambdas/domain/counters/breaker.ts";
import { MemoryStack } from "../memory-stack/stack.ts";
import { answer, command } from "../on-stack.ts";
import { cart, letter, save, shop } from "../shop.ts";

describe("list", () => {
  test("shows each journey by id: the live version, and the outcome of the last edit", async () => {
    const stack = await shop();
    await save(stack, { ...cart, name: "Edited", start: "nowhere" });
    await save(stack, { ...cart, id: "sketch", name: "Sketch", status: "draft" });
    await save(stack, { ...cart, id: "a-gone", name: "Gone" });
    stack.remove("a-gone");
    await stack.replaceJourney({ ...cart, id: "new" }, undefined);
    const held = { kind: "bounces", reports: 30, sent: 200, at: "2026-01-05T10:00:00.000Z" } as const;
    await stack.ports.breakers.put({ ...newBreaker("cart"), held, revision: 1 });
    const none = { "breaker-open": false, inside: 0, entered: 0, problems: 0 };
    const { exitCode, json, did } = await answer(stack, ["list"]);
    expect(json.journeys).toEqual([
      { ...none, journeyId: "a-gone", name: "Gone", status: "active", version: 1, edit: "deleted" },
      {
        journeyId: "cart",
        name: "Cart",
        status: "active",
        version: 1,
        "breaker-open": true,
        inside: 1,
        entered: 3,
        edit: "rejected",
        problems: 1,
      },
      { ...none, journeyId: "new", name: "Cart", status: "draft", version: 0, edit: "pending" },
      { ...none, journeyId: "sketch", name: "Sketch", status: "draft", version: 0, edit: "draft" },
    ]);
    expect([exitCode, did]).toEqual([0, []]);
    const { out } = await command(stack, ["list"]);
    expect(out).toMatch(/^ *cart +Cart +active, circuit breaker open +1 +1 +3 +rejected \(1 problem\)$/m);
  });

  test("shows each template with the outcome of its last edit", async () => {
    const stack = await shop();
    await stack.replaceTemplate({ ...letter, html: "{% if %}" }, await stack.template(letter.id));
    await stack.templateOutcome(letter.id);
    const { json } = await answer(stack, ["list"]);
    expect(json.templates).toContainEqual({ templateId: letter.id, kind: "template", edit: "rejected", problems: 1 });
    const { out } = await command(stack, ["list"]);
    expect(out).toMatch(new RegExp(`^ *${letter.id} +template +rejected \\(1 problem\\)$`, "m"));
  });

  test("of an empty stack says how to publish a journey", async () => {
    const { exitCode, out } = await command(new MemoryStack(), ["list"]);
    expect([exitCode, out]).toEqual([0, expect.stringContaining("journeys publish FILE")]);
  });
});
