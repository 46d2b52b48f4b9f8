/**
 * `journeys enter ID`: an audience run that a person starts. Before the run begins, the command says how many customers
 * would enter and what that would cost.
 */
import { defaultRegion, type OwnPrices } from "../../../insight/cost/bill.ts";
import { estimate, PER } from "../../../insight/cost/estimate.ts";
import { contentOf } from "../../../insight/documents/document-text.ts";
import { knownTemplates } from "../../../insight/documents/known-templates.ts";
import { count } from "../../../insight/words/count.ts";
import { secondsText } from "../../../insight/words/duration-text.ts";
import type { LiveJourney } from "../../../lambdas/domain/journey/catalog.ts";
import type { SegmentConditions } from "../../../lambdas/domain/segments/resolve-segments.ts";
import { liveJourney } from "../../../stack/deployed/journey.ts";
import { resultText } from "../../../stack/journeys/run-text.ts";
import type { Stack } from "../../../stack/stack.ts";
import { UsageError } from "../../../stack/usage-error.ts";
import { missingNote, ownPricesOf, priceOptions } from "../../cost/prices.ts";
import { type Aimed, aimOf } from "../../runs/aim.ts";
import { askedRun } from "../../runs/asked-run.ts";
import { previewRun } from "../../runs/preview.ts";
import { runCost } from "../../runs/run-cost.ts";
import { updateCustomers } from "../../runs/update-customers.ts";
import type { CliCommand } from "../../terminal/command.ts";
import type { ExitCode, Io } from "../../terminal/io.ts";
import { jsonOption, stackOption, withStack } from "../../terminal/on-stack.ts";

export const enterCommand: CliCommand = {
  options: [
    ["--all", "consider every customer with a profile"],
    ["--audience <file>", "consider the customers who meet the condition in this file"],
    ["--csv <file>", "consider the customers in the column customerId of this file"],
    ["--customers <ids>", "consider these customers, separated by commas"],
    [
      "--event <name>",
      "consider the customers who have this event; a customer's newest such event is the trigger event",
    ],
    ["--within <duration>", "with --event: how old the event may be, such as P30D"],
    ["--update", "with --csv: first store the other columns as attributes of the customers"],
    ["--skip-bad", "with --csv: leave out the lines that cannot be used"],
    ...priceOptions,
    ["--dry-run", "only print the result that the run would have"],
    ["--yes", "start the run without asking"],
    stackOption,
    jsonOption,
  ],
  notes:
    "The journey's audience, entry rule and unsubscribed filter apply. The command first says how many customers would\nenter, why the others would not, what the run costs and how long it takes. `journeys runs` shows its progress.\nA column of the list holds texts unless its name has a type: age:number, vip:boolean, cities:list (Bonn|Ulm).",
  example: "journeys enter weekly-letter --csv readers.csv --dry-run",
  run: withStack(async (stack, { operands: [id = ""], options }, io) => {
    const json = options.json === true;
    const live = await liveJourney(id, stack);
    const segments: SegmentConditions = options.audience === undefined ? new Map() : await stack.ports.segments.all();
    const aimed = aimOf(options, { retentionDays: Number(stack.output("EventRetentionDays")), segments }, io);
    if ("refused" in aimed) {
      const problems = aimed.refused.map((message) => ({ path: "", code: "bad-list", message }));
      if (json) io.out(JSON.stringify({ ok: false, problems }));
      else for (const line of aimed.refused) io.err(line);
      return 1;
    }
    return enter(
      live,
      aimed,
      {
        json,
        update: options.update === true,
        yes: options.yes === true,
        dryRun: options.dryRun === true,
        prices: ownPricesOf(options),
      },
      stack,
      io,
    );
  }),
};

interface How {
  readonly json: boolean;
  readonly update: boolean;
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly prices: OwnPrices;
}

async function enter(live: LiveJourney, aimed: Aimed, how: How, stack: Stack, io: Io): Promise<ExitCode> {
  const { journey } = live;
  const { run, lists } = askedRun(live, aimed, stack.ports.clock.now());
  const listed = how.update ? (aimed.listed ?? []) : [];
  const updates = new Map(listed.map(({ customerId, attributes }) => [customerId, attributes]));
  const { result, read } = await previewRun(run, { named: aimed.named, updates }, live, stack);
  const cost = runCost(read, result.entered, journey.trigger.rate);
  const documents = [...(await stack.templates()), ...(await stack.sharedTexts())].map(contentOf);
  const estimated = await estimate(journey, defaultRegion, {
    templates: knownTemplates(documents),
    prices: how.prices,
  });
  const { worst, unpriced } = estimated;
  const perEntry = worst.dollars / PER;
  const journeyDollars = perEntry * result.entered;
  const expected = { ...result, dollars: cost.dollars, journeyDollars, unpriced, seconds: cost.seconds };
  if (!how.json) {
    io.out(`If the run began now: ${resultText(result, "would enter")}`);
    io.out(
      `Costs about $${cost.dollars.toFixed(2)} for the run and at most $${journeyDollars.toFixed(2)} for the journey; lets the customers in within about ${secondsText(Math.max(1, cost.seconds))}.`,
    );
    if (worst.total.textParts > 0 && how.prices.textParts === undefined)
      io.out("Text messages count with the price to the United States. For another price, use --sms-price.");
    const note = missingNote(unpriced);
    if (note !== undefined) io.out(note);
  }
  if (how.dryRun || (!how.yes && !(await confirmed(result.entered, how.json, io)))) {
    if (how.json) io.out(JSON.stringify({ ok: true, expected }));
    return 0;
  }
  if (listed.length > 0) await updateCustomers(run.runId, listed, stack, io);
  await stack.startRun(run, lists);
  if (how.json) io.out(JSON.stringify({ ok: true, runId: run.runId, expected }));
  else
    io.out(`${io.style("green", "✓")} The run ${run.runId} has begun. journeys runs ${journey.id} shows its progress.`);
  return 0;
}

async function confirmed(entering: number, json: boolean, io: Io): Promise<boolean> {
  const answer = json ? undefined : await io.ask(`Let ${count(entering, "customer")} in? [y/N] `);
  if (answer === undefined) throw new UsageError("Add --yes to start the run, or --dry-run to stop here.");
  return answer;
}
