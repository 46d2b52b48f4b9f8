/**
 * `journeys replay DRAFT…`: replays what really happened with drafts, and compares the result with the live documents.
 */
import { UsageError } from "../../../stack/usage-error.ts";
import { coresOf, coresOption, onCores } from "../../cores/cores.ts";
import { withRates } from "../../cores/rates.ts";
import { ownPricesOf, priceOptions } from "../../cost/prices.ts";
import type { FileProblem } from "../../files/check-files.ts";
import { answerOf } from "../../replay/answer.ts";
import { addOutcome, Comparer, emptyOutcome, type Outcome, type Setup } from "../../replay/comparer.ts";
import { policyOf, refuseDocuments } from "../../replay/policy.ts";
import { sampled, sampleOf, sampleOption } from "../../replay/sample.ts";
import { showAnswer, showDifference } from "../../replay/show-replay.ts";
import { type DocumentSet, documentsIn, liveDocuments, sidesOf } from "../../replay/sides.ts";
import { fileSource, lineProblem, type Source, stackSource } from "../../replay/sources.ts";
import type { CliCommand, Given } from "../../terminal/command.ts";
import type { ExitCode, Io } from "../../terminal/io.ts";
import { jsonOption, onStack, stackOption } from "../../terminal/on-stack.ts";
import { refuse } from "../../terminal/show-problems.ts";

const SHOWN = 10;

export const replayCommand: CliCommand = {
  options: [
    ["--from <file>", "the past: a file that journeys archive wrote"],
    ["--last <duration>", "in place of --from: replay the data that the stack stores of this time, such as P30D"],
    ["--against <live-or-file...>", "compare with these files or folders (default: live, the documents of the stack)"],
    ["--statuses <policy>", "the assumed reports about messages that were never sent: none (default), rates or worst"],
    ...priceOptions,
    sampleOption,
    coresOption,
    stackOption,
    jsonOption,
  ],
  notes: `Runs each customer of the archive through both sets of documents, on a virtual clock and by the code of production.
Sends nothing. A draft replaces the document with its id. --json prints a line for each customer whose passage
changes, with the first decision that differs and the data that made it, then a line with all numbers.`,
  example: "journeys replay abandoned-cart.json --from past.jsonl --against live",
  run: async (given, io) => {
    const { from, last } = given.options;
    const { against = ["live"] } = given.lists;
    const sample = sampleOf(given.options.sample);
    if ((from === undefined) === (last === undefined))
      throw new UsageError("Say which past is replayed: --from FILE, which journeys archive wrote, or --last P30D.");
    const isLive = against.includes("live");
    if (isLive && against.length > 1) throw new UsageError("--against takes live, or files and folders, not both.");
    const files = () => documentsIn(against, io);
    if (typeof from === "string" && !isLive) return replay(given, fileSource(from, io, sample), files(), io);
    return onStack(given, io, async (stack) => {
      const source = typeof from === "string" ? fileSource(from, io, sample) : stackSource(stack, last, sample);
      return replay(given, source, isLive ? await liveDocuments(stack) : files(), io);
    });
  },
};

type Loaded = DocumentSet | { readonly problems: readonly FileProblem[] };

async function replay({ operands, options }: Given, source: Source, against: Loaded, io: Io): Promise<ExitCode> {
  const json = options.json === true;
  if ("problems" in against) return refuse(against.problems, json, io);
  const drafts = documentsIn(operands, io, against);
  if ("problems" in drafts) return refuse(drafts.problems, json, io);
  const { from, until, sample } = await source.header();
  const prices = ownPricesOf(options);
  const settings = { from, until, statuses: policyOf(options.statuses ?? "none") };
  const cores = coresOf(options.cores);
  return withRates(source, { policy: settings.statuses, cores }, async (past, rates) => {
    const setup: Setup = {
      ...sidesOf(against, drafts),
      settings: { ...settings, rates },
      prices,
      told: json ? undefined : SHOWN,
    };
    const checked = await Comparer.of(setup);
    if ("problems" in checked) return refuseDocuments(checked.problems, json, io);
    const sum = emptyOutcome();
    const first: Outcome["differences"] = [];
    let unreadable = 0;
    for await (const outcome of onCores(past.customers(), { kind: "replay", setup }, cores)) {
      addOutcome(sum, outcome);
      unreadable += outcome.problems.length;
      for (const problem of outcome.problems) io.err(lineProblem(source, problem));
      if (json) for (const difference of outcome.differences) io.out(JSON.stringify(difference));
      else first.push(...outcome.differences.slice(0, SHOWN - first.length));
    }
    const answer = answerOf(sum, { ...settings, ...sampled(sample) }, unreadable);
    if (json) io.out(JSON.stringify(answer));
    else {
      showAnswer(answer, io);
      for (const difference of first) showDifference(difference, io);
    }
    return unreadable === 0 ? 0 : 1;
  });
}
