/** `archive` and `replay`: what a deployed stack did, replayed through what is live, is what its counters say. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cart } from "../../commands/shop.ts";
import { run } from "./shop.ts";

export function testArchive(): void {
  test("archive, then replay: the live journey does what it did, and a wider draft also lets Dan in", async () => {
    const folder = mkdtempSync(join(tmpdir(), "journeys-archive-"));
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    try {
      const archived = await run.journeys("archive", "--last", "P30D", "--attributes");
      expect([archived.exitCode, archived.err]).toEqual([0, expect.stringMatching(/^4 customers from /)]);
      const halves = await Promise.all(
        ["1/2", "1/1000000"].map((sample) =>
          run.journeys("archive", "--last", "P30D", "--attributes", "--sample", sample),
        ),
      );
      for (const { exitCode, out } of halves) {
        const [header = "", ...lines] = out.trim().split("\n");
        expect([exitCode, JSON.parse(header)]).toEqual([0, expect.objectContaining({ sample: expect.any(Number) })]);
        expect(lines.length).toBeLessThan(4);
        expect(lines.filter((line) => !archived.out.split("\n").includes(line))).toEqual([]);
      }
      const past = file("past.jsonl", archived.out);
      const wider = { ...cart, trigger: { ...cart.trigger, where: { ...cart.trigger.where, value: 1 } } };
      const drafts = [file("cart.json", JSON.stringify(cart)), file("wider.json", JSON.stringify(wider))];
      const [same, more] = await Promise.all(
        drafts.map(async (draft) => {
          const { exitCode, out, err } = await run.journeys("replay", draft, "--from", past, "--json");
          expect([exitCode, err]).toEqual([0, ""]);
          return out
            .trim()
            .split("\n")
            .map((line) => JSON.parse(line));
        }),
      );
      const counts = await run.stack.counts("cart");
      expect(same).toMatchObject([
        {
          kind: "summary",
          changed: 0,
          unknown: { statuses: { against: 0, draft: 0 } },
          against: {
            journeys: {
              cart: { entered: counts.entered, completed: counts.completed, exited: { bought: 1 }, goals: { sale: 1 } },
            },
          },
        },
      ]);
      expect(more).toMatchObject([
        { customerId: "dan", against: { line: { reason: "where-false" } }, draft: { line: { kind: "entered" } } },
        { changed: 1 },
      ]);
      await testForecast(past, drafts[0] as string);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 60_000);
}

/** The forecast of the stack and that of its archive agree: what the customers did comes again a week later. */
async function testForecast(past: string, draft: string): Promise<void> {
  const forecasts = [
    ["--last", "P30D"],
    [draft, "--from", past],
  ].map(async (from) => {
    const { exitCode, out, err } = await run.journeys("forecast", ...from, "--json");
    expect([exitCode, err]).toEqual([0, ""]);
    return JSON.parse(out.trim().split("\n").at(-1) ?? "");
  });
  const [stack, file] = await Promise.all(forecasts);
  expect(file).toMatchObject({ kind: "summary", ok: true, customers: 4 });
  expect(stack).toMatchObject({ kind: "summary", ok: true, customers: 4 });
  const messages = (answer: { sendsByHour: Record<string, { messages: number }> }) =>
    Object.values(answer.sendsByHour).reduce((sum, each) => sum + each.messages, 0);
  expect(messages(file)).toBeGreaterThan(0);
  expect(messages(stack)).toBe(messages(file));
}
