/** `journeys replay` on archives of N customers. Each N is a process of its own, which reads its archive from a file. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { number, type Table } from "../print/table.ts";
import { EVENTS, example, withPast } from "./past.ts";
import { timedCommand } from "./timed-command.ts";

export function replaying(sizes: readonly number[] = [10_000, 100_000]): Table {
  return {
    title: `Replay of customers with ${EVENTS} events each over 30 days, through the live journey and a draft`,
    columns: ["customers", "changed", "seconds", "CPU seconds", "peak MB"],
    rows: sizes.map(row),
  };
}

function row(customers: number): string[] {
  const { summary, seconds, cpu, megabytes } = withPast(customers, (past, folder) => {
    const draft = join(folder, "draft.json");
    writeFileSync(draft, draftText());
    return timedCommand("replay", draft, "--from", past, "--against", example, "--json");
  });
  const { changed } = JSON.parse(summary);
  return [number(customers), number(changed), number(seconds, 1), number(cpu, 1), number(megabytes)];
}

/** The draft waits longer before the first reminder, which changes the passage of every customer who gets it. */
function draftText(): string {
  const journey = JSON.parse(readFileSync(join(example, "journey.json"), "utf8"));
  const [first] = Object.entries<{ type: string }>(journey.components).find(([, { type }]) => type === "wait") ?? [];
  if (first === undefined) throw new Error("The example has no wait.");
  const wait = { ...journey.components[first], for: "PT3H" };
  return JSON.stringify({ ...journey, components: { ...journey.components, [first]: wait } });
}
