/** A deployed stack whose journeys have waiting customers, and its command line as a process. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import type { Item } from "../../stack/stack.ts";
import { type Running, running } from "./running.ts";
import { until } from "./waiting.ts";

export let run: Running;
/** The folder of the files that commands read and write. */
export let folder: string;

export async function openInhabited(): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), "journeys-deployed-"));
  run = await running();
  await inhabit();
}

export async function closeInhabited(): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  await run?.stop();
}

export function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

export const template = {
  id: "hello",
  channel: "email",
  class: "marketing",
  subject: "Hello",
  text: "Hello {{ data.name }}",
};
export const journeyOf = (id: string, more: Item = {}) => ({
  id,
  name: `The ${id}`,
  status: "active",
  trigger: { event: `go.${id}`, entry: "always" },
  exit: [{ id: "left", event: `leave.${id}` }],
  start: "hold",
  components: {
    hold: { type: "wait", for: "P60D", next: "greet" },
    greet: { type: "sendTemplate", template: "hello" },
  },
  ...more,
});

/** Runs a command with `--json` and reads what it prints. */
export async function answer(
  ...args: readonly string[]
): Promise<{ exitCode: number | null; json: Item; err: string }> {
  const { exitCode, out, err } = await run.journeys(...args, "--json");
  return { exitCode, json: JSON.parse(out) as Item, err };
}

/** Live journeys with the given number of waiting customers. */
const inhabited = { seen: 2, gate: 1, halt: 3, edited: 2, watched: 1 };

async function inhabit(): Promise<void> {
  const ids = Object.keys(inhabited);
  const files = ids.map((id) => file(`${id}.json`, journeyOf(id)));
  const published = await answer("publish", ...files, file("hello.json", template));
  expect([published.exitCode, published.json.ok]).toEqual([0, true]);
  await run.untilFunctionsLookAgain();
  const events = Object.entries(inhabited).flatMap(([id, people]) =>
    Array.from({ length: people }, (_, index) => `${id}-${index}`).map((customerId) => ({
      event: `go.${id}`,
      customerId,
      id: `go-${customerId}`,
      customer: { email: `${customerId}@mail.example`, name: "Ada" },
    })),
  );
  const { exitCode, json } = await answer("send", file("events.json", events));
  expect([exitCode, json]).toEqual([0, { ok: true, sent: events.length, problems: [] }]);
  for (const [id, people] of Object.entries(inhabited))
    await until(`${people} to be inside ${id}`, async () => (await run.stack.counts(id)).active === people);
}
