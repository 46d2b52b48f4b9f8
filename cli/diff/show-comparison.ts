/** Prints a comparison for people. */

import { changeText } from "../../insight/diff/change-text.ts";
import type { Difference } from "../../insight/diff/differences.ts";
import type { Effect } from "../../insight/diff/effects.ts";
import { lineDiff } from "../../insight/diff/line-diff.ts";
import { count } from "../../insight/words/count.ts";
import type {
  Comparison,
  JourneyComparison,
  SharedComparison,
  TemplateComparison,
} from "../../stack/journeys/comparison.ts";
import type { Io } from "../terminal/io.ts";

export function showComparison(compared: Comparison, io: Io): void {
  if (compared.kind === "journey") showJourney(compared, io);
  else if ("templates" in compared) showShared(compared, io);
  else showNamed(compared, io);
}

function showShared({ kind, id, isNew, differences, templates }: SharedComparison, io: Io): void {
  const [first = "", ...rest] = kind;
  const name = `${first.toUpperCase()}${rest.join("")} ${io.style("bold", id)}`;
  io.out(`${name}${isNew ? " is new to the stack" : ""}; used by ${templates.join(", ") || "no template"}`);
  if (isNew) return;
  const text = `The messages of ${count(templates.length, "template")} change at once, also for customers who are inside.`;
  show(differences, differences.length > 0 ? [{ part: "html", customers: 0, text }] : [], io);
}

function showJourney({ id, live, version, inside, lastEdit, ...found }: JourneyComparison, io: Io): void {
  const name = io.style("bold", id);
  if (!live) {
    io.out(`${name} is new to the stack: ${version > 0 ? "publishing it creates version 1" : "it is a draft"}.`);
    return;
  }
  io.out(`${name}: version ${live.version} is live, ${live.status}, ${count(inside, "customer")} inside`);
  const at = Object.entries(found.at).map(([component, customers]) => `${component} ${customers}`);
  if (at.length > 0) io.out(io.style("dim", `  inside now: ${at.join(", ")}`));
  show(found.differences, found.effects, io);
  if (lastEdit === "rejected")
    io.out(
      "The last saved edit was rejected and is not live. Publishing this file replaces it. journeys show lists its problems.",
    );
  if (found.differences.length > 0)
    io.out(
      version > live.version ? `Publishing it creates version ${version}.` : "Publishing it creates no new version.",
    );
}

const namedTexts = {
  template: [
    "Template",
    "Templates are live: every message from now on has the new text, also for customers who are inside.",
  ],
  segment: [
    "Segment",
    "Segments are live: every decision from now on asks the new condition, also for customers inside.",
  ],
} as const;

function showNamed({ kind, id, isNew, differences, journeys }: TemplateComparison, io: Io): void {
  const [name, text] = namedTexts[kind];
  const used = journeys.map(({ id, inside }) => `${id} (${count(inside, "customer")} inside)`).join(", ");
  io.out(`${name} ${io.style("bold", id)}${isNew ? " is new to the stack" : ""}; named by ${used || "no journey"}`);
  if (isNew) return;
  show(differences, differences.length > 0 ? [{ part: "text", customers: 0, text }] : [], io);
}

/** The lines of a template's text that change. */
function showLines({ before, after }: Difference, io: Io): void {
  if (typeof before !== "string" || typeof after !== "string" || !`${before}${after}`.includes("\n")) return;
  for (const { kind, text } of lineDiff(before, after)) {
    const [mark, color] = lineMarks[kind];
    io.out(`      ${io.style(color, `${mark} ${text}`.trimEnd())}`);
  }
}

const lineMarks = { same: [" ", "dim"], removed: ["-", "red"], added: ["+", "green"], gap: ["…", "dim"] } as const;

const marks = { added: ["+", "green"], removed: ["-", "red"], changed: ["~", "yellow"] } as const;

function show(found: readonly Difference[], effects: readonly Effect[], io: Io): void {
  if (found.length === 0) io.out("  The file and the live document have the same content.");
  const widest = Math.min(40, Math.max(0, ...found.map(({ path }) => path.length)));
  for (const difference of found) {
    const [mark, color] = marks[difference.kind];
    io.out(`  ${io.style(color, mark)} ${difference.path.padEnd(widest)}  ${changeText(difference)}`.trimEnd());
    showLines(difference, io);
  }
  for (const { text } of effects) io.out(`  ${io.style("dim", "·")} ${text}`);
}
