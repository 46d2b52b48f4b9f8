/** `journeys diff FILE`: the changes that publishing a file would make, and their effects on customers. */

import { changeText } from "../../../insight/diff/change-text.ts";
import { type Difference, differences } from "../../../insight/diff/differences.ts";
import { type Effect, effectsOf, makesVersion, type Place } from "../../../insight/diff/effects.ts";
import { lineDiff } from "../../../insight/diff/line-diff.ts";
import { contentOf } from "../../../insight/documents/document-text.ts";
import { funnelOf } from "../../../insight/funnel/funnel.ts";
import { count } from "../../../insight/words/count.ts";
import { namedTemplates } from "../../../lambdas/domain/checks/check-references.ts";
import type { LiveJourney } from "../../../lambdas/domain/journey/catalog.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import { jsonOption, stackOption, withStack } from "../../deployed/on-stack.ts";
import { checkFiles, classesOf, idOf } from "../../files/check-files.ts";
import type { Item, Stack } from "../../stack/stack.ts";
import type { CliCommand } from "../../terminal/command.ts";
import type { ExitCode, Io } from "../../terminal/io.ts";
import { showProblems } from "../../terminal/show-problems.ts";

export const diffCommand: CliCommand = {
  options: [stackOption, jsonOption],
  notes:
    "Compares the content, not the text, with the live document. Changes nothing. Exit code 1 when the stack would reject the\nfile.",
  example: "journeys diff abandoned-cart.json",
  run: withStack(async (stack, { operands: [file = ""], options }, io) => {
    const json = options.json === true;
    const known = classesOf(await stack.templates());
    const [checked] = checkFiles([file], io, known);
    if (!checked || checked.problems.length > 0) {
      const { problems = [] } = checked ?? {};
      if (json) io.out(JSON.stringify({ ok: false, problems }));
      else showProblems(file, problems, io);
      return 1;
    }
    const document = checked.value as Item;
    return checked.kind === "journey"
      ? diffJourney(document as unknown as Journey, { json }, stack, io)
      : diffTemplate(document, { json }, stack, io);
  }),
};

async function diffJourney(document: Journey, { json }: { json: boolean }, stack: Stack, io: Io): Promise<ExitCode> {
  const { id } = document;
  const [live, saved] = [await stack.ports.journeys.live(id), await stack.journey(id)];
  const place = await placeOf(id, live, stack);
  const next: Journey = { ...document, status: document.status ?? "draft" };
  const found = differences(live ? contentOf({ ...live.journey }) : {}, contentOf({ ...next }));
  const version = place.version + (makesVersion(found, next.status, place) ? 1 : 0);
  const effects = live ? effectsOf(found, next, place) : [];
  if (json) {
    const { inside, at } = place;
    const lastEdit = saved?.publication?.state ?? null;
    const liveVersion = live ? { version: live.version, status: live.journey.status } : null;
    io.out(
      JSON.stringify({
        ok: true,
        kind: "journey",
        id,
        live: liveVersion,
        version,
        inside,
        at,
        lastEdit,
        differences: found,
        effects,
      }),
    );
    return 0;
  }
  if (!live) {
    io.out(
      `${io.style("bold", id)} is new to the stack: ${version > 0 ? "publishing it creates version 1" : "it is a draft"}.`,
    );
    return 0;
  }
  io.out(
    `${io.style("bold", id)}: version ${live.version} is live, ${live.journey.status}, ${count(place.inside, "customer")} inside`,
  );
  const at = Object.entries(place.at).map(([component, customers]) => `${component} ${customers}`);
  if (at.length > 0) io.out(io.style("dim", `  inside now: ${at.join(", ")}`));
  show(found, effects, io);
  if (saved?.publication?.state === "rejected")
    io.out(
      "The last saved edit was rejected and is not live. Publishing this file replaces it. journeys show lists its problems.",
    );
  if (found.length > 0)
    io.out(
      version > place.version ? `Publishing it creates version ${version}.` : "Publishing it creates no new version.",
    );
  return 0;
}

async function placeOf(id: string, live: LiveJourney | undefined, stack: Stack): Promise<Place> {
  const counts = await stack.counts(id);
  const { components } = funnelOf(live?.journey ?? { start: "", components: {} }, counts);
  const at = components.flatMap(({ componentId, here }) => (here > 0 ? [[componentId, here] as const] : []));
  return { version: live?.version ?? 0, inside: counts.active ?? 0, at: Object.fromEntries(at) };
}

async function diffTemplate(document: Item, { json }: { json: boolean }, stack: Stack, io: Io): Promise<ExitCode> {
  const id = idOf(document);
  const [before, saved] = await Promise.all([stack.template(id), stack.journeys()]);
  const found = differences(before ?? {}, document);
  const journeys = saved.filter((journey) => namedTemplates(journey).includes(id));
  const inside = await Promise.all(
    journeys.map(async (journey) => ({ id: journey.id, inside: (await stack.counts(journey.id)).active ?? 0 })),
  );
  if (json) {
    io.out(JSON.stringify({ ok: true, kind: "template", id, isNew: !before, differences: found, journeys: inside }));
    return 0;
  }
  const used = inside.map(({ id, inside }) => `${id} (${count(inside, "customer")} inside)`).join(", ");
  io.out(`Template ${io.style("bold", id)}${before ? "" : " is new to the stack"}; named by ${used || "no journey"}`);
  if (!before) return 0;
  const text = "Templates are live: every message from now on has the new text, also for customers who are inside.";
  show(found, found.length > 0 ? [{ part: "text", customers: 0, text }] : [], io);
  return 0;
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
