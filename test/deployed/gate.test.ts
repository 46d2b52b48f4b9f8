/**
 * Saves that depend on other documents of a deployed stack: a journey goes live only when its stored tests pass, and a
 * template that is saved before its layout goes live with the layout.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Running, running } from "./running.ts";
import { until } from "./waiting.ts";

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

const template = { channel: "email", class: "marketing", subject: "Hello", html: "Hi" };
const put = (document: object) => run.stack.put("TemplatesTableName", { ...document });
const stateOf = async (id: string) => {
  const saved = await run.stack.get("TemplatesTableName", { id });
  return (saved?.publication as { readonly state?: string } | undefined)?.state;
};
const becomes = (id: string, state: string) =>
  until(`${id} to be ${state}`, async () => (await stateOf(id)) === state, { instead: () => stateOf(id) });

test("a template that is saved by hand before its layout goes live by itself, once the layout and its partial are live", async () => {
  await put({ ...template, id: "early", layout: "frame" });
  await becomes("early", "rejected");
  await put({ id: "frame", kind: "layout", html: "{{ content }}{% render 'foot' %}" });
  await becomes("frame", "rejected");
  write("foot.json", { id: "foot", kind: "partial", html: "Bye" });
  expect((await run.journeys("publish", join(folder, "foot.json"))).out).toContain("partial foot is live");
  for (const id of ["frame", "early"]) await becomes(id, "published");
  expect(await run.stack.get("TemplatesTableName", { id: "live#early" })).toMatchObject({
    template: { layout: "frame" },
  });
});

test("a template and its layout that are saved at the same time both go live", async () => {
  const both = [
    { ...template, id: "both", layout: "both-frame" },
    { id: "both-frame", kind: "layout", html: "{{ content }}" },
  ];
  await Promise.all(both.map(put));
  for (const { id } of both) await becomes(id, "published");
});
