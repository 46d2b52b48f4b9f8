import { describe, expect, test } from "vitest";
import { journey, ran } from "../running.ts";

const files = { "greeting.json": journey };

describe("journeys cost", () => {
  test("prints the cost of each path, and marks the most expensive path", async () => {
    const { exitCode, out, err } = await ran(["cost", "greeting.json"], files);
    expect([exitCode, err]).toEqual([0, ""]);
    expect(out).toMatch(/^read: met( \(worst\))? {2,}0\.0 {2,}6,000 /m);
    expect(out).toMatch(/^read: not met( \(worst\))? {2,}1\.0 {2,}6,000 /m);
    expect(out.match(/\(worst\)/g)).toHaveLength(1);
    expect(out).toMatch(/^state transitions +6,000 +0\.150$/m);
    expect(out).toMatch(/^SES emails +1,000 +0\.160$/m);
    expect(out).not.toContain("a day");
  });

  test("names the quotas that a volume would hit", async () => {
    const { out } = await ran(["cost", "greeting.json", "--per-day", "2000000", "--region", "eu-central-1"], files);
    expect(out).toMatch(/StartExecution +23\.1 of 150 a second +enough up to 12,960,000 a day/);
    expect(out).toMatch(/open executions.* too much: ask AWS for a higher quota/);
    expect(out).toMatch(/SES sending rate +23\.1 of 14 a second +too much/);
    expect(out).toMatch(/^DynamoDB write units {2,}\d/m);
    expect(out).toContain("EventBridge events (price of us-east-1)");
  });

  test("gives the same as JSON", async () => {
    const { out } = await ran(["cost", "greeting.json", "--json", "--per-day", "10"], files);
    const { region, paths, worst, quotas } = JSON.parse(out);
    expect(region).toBe("us-east-1");
    expect(paths.map(({ path, transitions, emails }: never) => [path, transitions, emails])).toEqual([
      ["read: met", 6, 1],
      ["read: not met", 6, 1],
    ]);
    expect(paths[0].apis).toMatchObject({ StartExecution: 1, SendEmail: 1, SendTaskSuccess: 1 });
    expect(paths.map(({ path }: { path: string }) => path)).toContain(worst);
    expect(quotas.map(({ hit }: { hit: boolean }) => hit)).toEqual([false, false, false, false]);
  });

  test("shows what is wrong with a journey instead", async () => {
    const broken = { "broken.json": { ...journey, start: "nowhere" } };
    const { exitCode, out } = await ran(["cost", "broken.json"], broken);
    expect([exitCode, out]).toEqual([1, expect.stringContaining("unknown-component")]);
    const json = await ran(["cost", "broken.json", "--json"], broken);
    expect(JSON.parse(json.out)).toMatchObject({ ok: false, problems: [{ file: "broken.json", path: "start" }] });
  });

  test.each([
    [["--region", "moon-1"], 'There are no prices for the region "moon-1".'],
    [["--per-day", "many"], '--per-day takes a number of enrollments above zero, not "many".'],
    [["--per-day", "-1"], "--per-day"],
  ])("refuses %j", async (options, message) => {
    const { exitCode, err } = await ran(["cost", "greeting.json", ...options], files);
    expect([exitCode, err]).toEqual([2, expect.stringContaining(message)]);
  });
});
