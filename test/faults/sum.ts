/** Adds up and prints the results of all workers. */

import type { Outcome } from "./jobs.ts";
import type { LivedThrough } from "./live.ts";
import { faultKinds } from "./services/faults.ts";

export class Sum {
  readonly broken: string[] = [];
  readonly struck: Record<string, number> = {};
  readonly swept: { readonly example: string; readonly points: number; readonly differing: number; unknown: number }[] =
    [];
  readonly documents: Record<string, { accepted: number; refused: number }> = {};
  megabytes = 0;
  message = { bytes: 0, seconds: 0 };
  schedules = 0;
  steps = 0;
  moved = 0;
  texts = 0;
  answers = 0;

  /** Adds an outcome and returns its broken laws. */
  add(outcome: Outcome): string[] {
    const broken = this.take(outcome);
    this.broken.push(...broken);
    return broken;
  }

  private take(outcome: Outcome): string[] {
    switch (outcome.kind) {
      case "schedules":
        this.schedules += outcome.schedules;
        this.steps += outcome.steps;
        this.moved += outcome.moved;
        this.texts += outcome.texts;
        this.answers += outcome.answers;
        for (const [kind, count] of Object.entries(outcome.struck))
          this.struck[kind] = (this.struck[kind] ?? 0) + count;
        return outcome.broken ? [printedBreak(outcome.broken)] : [];
      case "sweep": {
        const { example, points, differing, unknown } = outcome;
        this.swept.push({ example, points, differing: differing.length, unknown });
        return differing.map((where) => `${example}: ${where}`);
      }
      case "fuzz":
        for (const [kind, { accepted, refused }] of Object.entries(outcome.documents)) {
          const sum = this.documents[kind] ?? { accepted: 0, refused: 0 };
          this.documents[kind] = { accepted: sum.accepted + accepted, refused: sum.refused + refused };
        }
        this.megabytes = Math.max(this.megabytes, outcome.megabytes ?? 0);
        this.message = {
          bytes: Math.max(this.message.bytes, outcome.mostOfAMessage?.bytes ?? 0),
          seconds: Math.max(this.message.seconds, outcome.mostOfAMessage?.seconds ?? 0),
        };
        return [...outcome.failures];
    }
  }
}

export function printedBreak({ laws, replay, schedule }: NonNullable<LivedThrough["broken"]>): string {
  return [`Broken, see it again with: npm run faults -- ${replay}`, ...laws, JSON.stringify(schedule)].join("\n  ");
}

export function printed(sum: Sum, seconds: number): string {
  const lines: string[] = [];
  if (sum.schedules > 0) {
    const faults = Object.values(sum.struck).reduce((all, count) => all + count, 0);
    lines.push(`${sum.schedules} schedules, ${sum.steps} steps, ${sum.moved} migrated customers,`);
    lines.push(`${sum.texts} texts and WhatsApp messages sent, ${sum.answers} answers received, ${faults} faults:`);
    for (const kind of faultKinds) lines.push(`  ${kind.padEnd(22)} ${String(sum.struck[kind] ?? 0).padStart(8)}`);
  }
  if (sum.swept.length > 0) lines.push("example                 crash points  other ends  unknown sends");
  for (const { example, points, differing, unknown } of sum.swept.toSorted((a, b) => (a.example < b.example ? -1 : 1)))
    lines.push(
      `${example.padEnd(24)}${String(points).padStart(12)}${String(differing).padStart(12)}${String(unknown).padStart(15)}`,
    );
  if (Object.keys(sum.documents).length > 0) lines.push("documents       accepted   refused");
  for (const [kind, { accepted, refused }] of Object.entries(sum.documents).sort())
    lines.push(`${kind.padEnd(14)}${String(accepted).padStart(10)}${String(refused).padStart(10)}`);
  if (sum.message.bytes > 0)
    lines.push(`at most ${sum.message.bytes} bytes and ${sum.message.seconds.toFixed(2)} s of work for a message`);
  if (sum.megabytes > 0) lines.push(`at most ${sum.megabytes} MB in a worker`);
  lines.push(`${sum.broken.length} violations, ${seconds.toFixed(0)} s`);
  return lines.join("\n");
}
