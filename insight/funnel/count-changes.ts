/** The changes between two readings of a journey's counts, in words. */
import type { Counts } from "../../lambdas/domain/counts.ts";

export interface CountChange {
  /** A counter name of `lambdas/domain/counts.ts`. */
  readonly name: string;
  readonly by: number;
  readonly now: number;
}

export function changesOf(before: Counts, after: Counts): CountChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .map((name) => ({ name, by: (after[name] ?? 0) - (before[name] ?? 0), now: after[name] ?? 0 }))
    .filter(({ by }) => by !== 0)
    .sort((a, b) => place(a.name) - place(b.name) || (a.name < b.name ? -1 : 1));
}

const sequence = ["entered", "component", "message", "goal", "completed", "exited", "failed", "active"];
const place = (name: string) => sequence.indexOf(name.split(".")[0] ?? "");

/** `entered +2 (17)`. */
export function changeText({ name, by, now }: CountChange): string {
  return `${words(name)} ${by > 0 ? "+" : "−"}${Math.abs(by)} (${now})`;
}

function words(name: string): string {
  const [kind = "", id = "", what = "", ...rest] = name.split(".");
  if (kind === "component") return what === "entered" ? `at ${id}` : `${id} → ${rest.join(".")}`;
  if (kind === "message") return `${id} ${[what, ...rest].join(" ")}`;
  if (kind === "goal") return `goal ${id}`;
  if (kind === "active") return "inside";
  return name.replace(".", ": ");
}
