/** `show`: one journey, and the outcome of its last edit. */
import { describe, expect, test } from "vitest";
import { newBreaker } from "../../../lambdas/domain/counters/breaker.ts";
import { longer } from "../documents/edits.ts";
import { answer, command } from "../on-stack.ts";
import { cart, letter, save, shop } from "../shop.ts";

describe("show", () => {
  test("shows the live version, the number of customers inside, and why the last edit was rejected", async () => {
    const stack = await shop();
    await save(stack, { ...cart, start: "nowhere" });
    const { exitCode, out } = await command(stack, ["show", "cart"]);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^Cart \(cart\)$/m);
    expect(out).toMatch(/version +1 is live/);
    expect(out).toMatch(/on checkout\.started, where event\.total > 20, for country in DE, AT, once/);
    expect(out).toMatch(/1 of 3 who entered/);
    expect(out).toMatch(/rejected at 2026-01-05T/);
    expect(out).toMatch(/start .*\(unknown-component\)/);
  });

  test("shows when a journey with a schedule runs next", async () => {
    const stack = await shop();
    await save(stack, { ...cart, trigger: { schedule: { cron: "0 9 * * mon" }, audience: cart.trigger.audience } });
    const { out } = await command(stack, ["show", "cart"]);
    expect(out).toMatch(/enters +cron 0 9 \* \* mon, for country in DE, AT/);
    expect(out).toMatch(/next runs 2026-01-12 09:00 UTC, 2026-01-19 09:00 UTC, 2026-01-26 09:00 UTC/);
    expect((await answer(stack, ["show", "cart"])).json.nextRuns).toHaveLength(3);
  });

  test("shows the progress of a stop", async () => {
    const stack = await shop();
    const since = "2026-01-05T10:00:00.000Z";
    stack.progress.push({ journeyId: "cart", work: "stop", since, done: 7, complete: false });
    const { out } = await command(stack, ["show", "cart"]);
    expect(out).toMatch(/stop +began at 2026-01-05T10:00:00.000Z: 7 customers exited; 0 of 8 parts are complete/);
    const { json } = await answer(stack, ["show", "cart"]);
    expect(json.progress).toMatchObject([{ work: "stop", since, done: 7, complete: false }]);
  });

  test("shows a held journey, and one whose document was deleted", async () => {
    const stack = await shop();
    const held = { kind: "complaints", reports: 7, sent: 500, at: "2026-01-05T10:00:00.000Z" } as const;
    await stack.ports.breakers.put({ ...newBreaker("cart"), held, revision: 1 });
    stack.remove("cart");
    const { exitCode, out } = await command(stack, ["show", "cart"]);
    expect(exitCode).toBe(0);
    expect(out).toContain("breaker   open since 2026-01-05T10:00:00.000Z: 7 complaints of 500 messages");
    expect(out).toContain("the document was deleted; the live version stays live");
    expect((await answer(stack, ["show", "cart"])).json).toMatchObject({ document: { id: "cart", start: "remind" } });
  });

  test("shows that the outcome is pending, and that no version was ever live", async () => {
    const stack = await shop();
    await stack.replaceJourney({ ...cart, id: "new", name: "New" }, undefined);
    const { exitCode, out } = await command(stack, ["show", "new"]);
    expect([exitCode, out]).toEqual([0, expect.stringMatching(/^New \(new\)$/m)]);
    expect(out).toMatch(/status +draft\n +version +no version was ever live\n/);
    expect(out).toContain("saved; the stack has not answered yet");
  });

  test("shows a template: its text, and why its last edit was rejected", async () => {
    const stack = await shop();
    await stack.replaceTemplate({ ...letter, html: "{% if %}" }, await stack.template(letter.id));
    await stack.templateOutcome(letter.id);
    const { exitCode, out } = await command(stack, ["show", letter.id]);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/last edit rejected at 2026-01-05T/);
    expect(out).toMatch(/html .*\(bad-liquid\)\n {2}The last good text, if there is one, stays live\./);
    expect((await answer(stack, ["show", letter.id])).json.document.publication.state).toBe("rejected");
  });

  test("--version shows the given version, not the newest", async () => {
    const stack = await shop();
    await save(stack, longer);
    expect((await answer(stack, ["show", "cart", "--version", "1"])).json.document.components.cold.tags).toEqual([
      "cold",
    ]);
    expect((await answer(stack, ["show", "cart", "--version", "v2"])).json.document.components.cold.tags).toEqual([
      "frozen",
    ]);
    expect((await command(stack, ["show", "cart", "--version", "1"])).out).toMatch(/^\{\n {2}"id": "cart",/);
  });

  test.each([
    ["a version that is not there", ["show", "cart", "--version", "9"], /"cart" has no version 9: its newest is 1\./],
    ["a version that is no number", ["show", "cart", "--version", "new"], /takes the number of a version, not "new"/],
  ])("%s: exit code 2", async (_, args, sentence) => {
    const { exitCode, out, err } = await command(await shop(), args);
    expect([exitCode, out, err]).toEqual([2, "", expect.stringMatching(sentence)]);
  });
});
