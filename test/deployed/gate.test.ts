/** A deployed stack that requires tests: an edit in the table goes live only when the stored tests of the journey pass. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Running, running } from "./running.ts";

const journey = {
  id: "gated",
  version: "current",
  name: "Gated",
  status: "active",
  trigger: { event: "signed.up" },
  start: "tag",
  components: { tag: { type: "addTag", tags: ["new"] } },
};
const tested = {
  name: "A new customer gets the tag",
  journeys: ["journey.json"],
  events: [{ at: "2026-01-05T09:00:00Z", event: "signed.up", id: "e", customerId: "ada" }],
  expect: [{ customerId: "ada", path: ["tag"], tags: ["new"], ended: "completed" }],
};

let run: Running;
const folder = mkdtempSync(join(tmpdir(), "gate-"));
beforeAll(async () => {
  run = await running({ context: { requireTests: "true" } });
}, 300_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await run?.stop();
});

const write = (name: string, content: object) => writeFileSync(join(folder, name), JSON.stringify(content));

test("publish stores the tests; an edit in the table is rejected by the test that it breaks", async () => {
  write("journey.json", journey);
  expect((await run.journeys("publish", folder)).out).toContain("This stack requires tests");
  write("new.test.json", tested);
  const { out, exitCode } = await run.journeys("publish", folder);
  expect([exitCode, out]).toEqual([0, expect.stringContaining("is live as version 1; 1 test stored")]);
  const edited = { ...journey, components: { tag: { type: "addTag", tags: ["old"] } } };
  expect(await run.stack.save(edited)).toMatchObject({
    state: "rejected",
    version: 1,
    problems: [{ code: "test-failed", message: expect.stringContaining('The test "new" fails.') }],
  });
  const paused = { ...journey, status: "paused" };
  expect(await run.stack.save(paused)).toMatchObject({ state: "published", version: 1 });
});
