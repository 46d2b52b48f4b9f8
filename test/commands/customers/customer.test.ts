/** `customer`: a customer's attributes, enrollments, messages and reasons. */
import { describe, expect, test } from "vitest";
import { enrollmentKey } from "../../../lambdas/adapters/dynamodb/customer-items.ts";
import { answer, command } from "../on-stack.ts";
import { shop } from "../shop.ts";
import { stubborn } from "./stubborn.ts";

describe("customer", () => {
  test("shows attributes, each enrollment step by step, messages with their reports, and the execution", async () => {
    const { exitCode, out } = await command(await shop(), ["customer", "ada"]);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/country +"DE" +2026-01-05 10:00:01/);
    expect(out).toMatch(/cart v1: entered 2026-01-05 10:00:01 on checkout\.started, completed 2026-01-05 10:00:07/);
    expect(out).toMatch(/remind +Send template +done +hello sent, delivered 2026-01-05 10:00:06, read 2026-01-05/);
    expect(out).toMatch(/was-read +Message status rule +met +remind read = "2026-01-05T10:00:07\.000Z"/);
    expect(out).toContain(
      "eu-central-1.console.aws.amazon.com/states/home?region=eu-central-1#/v2/executions/details/arn",
    );
  });

  test("shows reasons as text, and the goals that the customer reached", async () => {
    const stack = await shop();
    expect((await command(stack, ["customer", "cyd"])).out).toContain("not in the audience (audience-false)");
    expect((await command(stack, ["customer", "ben"])).out).toMatch(/★ sale reached 2026-01-05/);
  });

  test("never shows the task token", async () => {
    const stack = await shop();
    const items = await stack.customer("eve");
    const token = JSON.stringify(items.find(({ sk }) => String(sk).startsWith(enrollmentKey("")))).match(
      /token-\d+/,
    )?.[0];
    expect(token).toBeDefined();
    const { out } = await answer(stack, ["customer", "eve"]);
    expect(out).toContain('"waiting"');
    expect(out).not.toContain(token);
    expect((await command(stack, ["customer", "eve"])).out).not.toContain(token);
  });

  test("shows the newest 20 reasons and events, in order of time; --json has all", async () => {
    const stack = await stubborn();
    const { out } = await command(stack, ["customer", "dan"]);
    const [reasons = "", events = ""] = out.split("Events (");
    expect(reasons).toContain("Did not enter (the newest 20 of 25; --json has all)");
    expect(reasons.match(/where-false/g)).toHaveLength(20);
    expect(events).toMatch(/^the newest 20 of 25; --json has all\)/);
    expect(events.match(/try-\d+/g)).toEqual(Array.from({ length: 20 }, (_, n) => `try-${n + 5}`));
    const times = [...reasons.matchAll(/2026-01-05 [\d:]+ +cart/g)].map(([line]) => line);
    expect(times).toEqual(times.toSorted());
    const { json } = await answer(stack, ["customer", "dan"]);
    const newest = json.reasons.slice(-20).map(({ at }: { at: string }) => at.slice(0, 19).replace("T", " "));
    expect(times.map((line) => line.replace(/ +cart$/, ""))).toEqual(newest);
    expect([json.reasons.length, json.events.length]).toEqual([25, 25]);
    expect(json.reasons.at(-1).eventId).toBe("try-24");
  });

  test("prints a sentence for a customer without stored data: exit code 1", async () => {
    const { exitCode, out, err } = await command(await shop(), ["customer", "Ada"]);
    expect([exitCode, out, err]).toEqual([1, "", expect.stringContaining('Nothing is stored about a customer "Ada"')]);
  });
});
