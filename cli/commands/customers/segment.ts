/** `journeys segment ID`: a segment, the documents that use it, and the customers who are in it now. */
import { conditionText } from "../../../insight/words/condition-text.ts";
import { count as counted } from "../../../insight/words/count.ts";
import { resolveCondition } from "../../../lambdas/domain/segments/resolve-segments.ts";
import { didYouMean } from "../../../lambdas/domain/values/did-you-mean.ts";
import { publicationOf } from "../../../stack/journeys/listed-templates.ts";
import type { Stack } from "../../../stack/stack.ts";
import { UsageError, unknown } from "../../../stack/usage-error.ts";
import { segmentUses, type Uses } from "../../segment/uses.ts";
import { type Members, type Wanted, whoIsIn } from "../../segment/who-is-in.ts";
import type { CliCommand, Given } from "../../terminal/command.ts";
import type { ExitCode, Io } from "../../terminal/io.ts";
import { jsonOption, stackOption, withStack } from "../../terminal/on-stack.ts";
import { LABEL, showEdit } from "../../terminal/show-edit.ts";

const MOST_NAMED = 1_000;
const USUALLY_NAMED = 20;

export const segmentCommand: CliCommand = {
  options: [
    ["--count", "count the customers and name none"],
    ["--sample <number>", `name this many customers, at most ${MOST_NAMED}, and stop there; with --count, count all`],
    stackOption,
    jsonOption,
  ],
  notes: `Counts the customers and names ${USUALLY_NAMED} of them, unless an option says otherwise. Reads the profiles of\nthe stack and evaluates the live segment on each. Nothing is stored.`,
  example: "journeys segment quiet-customers --sample 5",
  run: withStack((stack, { operands: [id = ""], options }, io) =>
    showSegment(id, wantedBy(options), options.json === true, stack, io),
  ),
};

async function showSegment(id: string, wanted: Wanted, json: boolean, stack: Stack, io: Io): Promise<ExitCode> {
  const live = await stack.ports.segments.get([id]);
  const segments = await stack.segments();
  const saved = segments.find((each) => each.id === id);
  const isLive = live.has(id);
  if (!saved && !isLive) {
    const ids = segments.map((each) => String(each.id));
    throw unknown("segment", id, didYouMean(id, ids) || " journeys publish saves one.");
  }
  const usedBy = await segmentUses(id, stack);
  const where = resolveCondition({ segment: id }, live);
  const members = isLive ? await whoIsIn(where, wanted, stack) : undefined;
  if (json) {
    io.out(JSON.stringify({ ok: true, document: saved ?? { id, where: live.get(id) }, usedBy, ...members }));
    return 0;
  }
  const line = (name: string, text: string) => io.out(`  ${io.style("dim", name.padEnd(LABEL))} ${text}`);
  io.out(`${io.style("bold", String(saved?.name ?? id))} (${id})`);
  const condition = live.get(id);
  line("where", condition ? conditionText(condition) : "it was never live, so no customer is in it");
  line("used by", usesText(usedBy));
  if (saved) showEdit(publicationOf(saved), io);
  else line("last edit", io.style("yellow", "the document was deleted; the live copy stays live"));
  if (members) for (const [name, text] of membersText(members)) line(name, text);
  return 0;
}

function wantedBy({ count, sample }: Given["options"]): Wanted {
  if (sample === undefined) return { named: count === true ? 0 : USUALLY_NAMED, isCounted: true };
  const [digits] = /^[1-9]\d{0,3}$/.exec(String(sample)) ?? [];
  const named = Number(digits);
  if (digits === undefined || named > MOST_NAMED)
    throw new UsageError(`--sample takes a number from 1 to ${MOST_NAMED}, not "${sample}".`);
  return { named, isCounted: count === true };
}

function usesText({ journeys, segments }: Uses): string {
  const named = [...journeys.map((id) => `journey ${id}`), ...segments.map((id) => `segment ${id}`)];
  return named.length === 0 ? "no journey and no segment" : named.join(", ");
}

function membersText({ count, considered, sample }: Members): [string, string][] {
  const inside: [string, string][] =
    count === undefined ? [] : [["inside", `${count} of ${counted(considered, "customer")}`]];
  return sample.length === 0 ? inside : [...inside, ["customers", sample.join(", ")]];
}
