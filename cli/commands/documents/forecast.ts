/** `journeys forecast [DRAFT…]`: what all live journeys, and drafts, will send in the next days. */

import { defaultRegion } from "../../../insight/cost/bill.ts";
import { defaultQuotas } from "../../../insight/cost/quotas.ts";
import { addForecast, emptyForecast, type Forecast } from "../../../proof/forecast/forecast.ts";
import { forecastAnswer } from "../../../proof/forecast/forecast-answer.ts";
import type { Stack } from "../../../stack/stack.ts";
import { UsageError } from "../../../stack/usage-error.ts";
import { coresOf, coresOption, onCores } from "../../cores/cores.ts";
import { withRates } from "../../cores/rates.ts";
import { ownPricesOf, priceOptions } from "../../cost/prices.ts";
import type { FileProblem } from "../../files/check-files.ts";
import { type Forecasted, Forecaster, type ForecastSetup, type Period, periodOf } from "../../forecast/forecaster.ts";
import { settingsOf } from "../../forecast/settings.ts";
import { showFinding, showForecast } from "../../forecast/show-forecast.ts";
import { policyOf, refuseDocuments } from "../../replay/policy.ts";
import { sampled, sampleOf, sampleOption } from "../../replay/sample.ts";
import { type DocumentSet, documentsIn, liveDocuments, sidesOf } from "../../replay/sides.ts";
import { fileSource, lineProblem, type Source, stackSource } from "../../replay/sources.ts";
import type { CliCommand, Given } from "../../terminal/command.ts";
import type { ExitCode, Io } from "../../terminal/io.ts";
import { jsonOption, onStack, stackOption } from "../../terminal/on-stack.ts";
import { refuse } from "../../terminal/show-problems.ts";

const SHOWN = 10;

export const forecastCommand: CliCommand = {
  options: [
    ["--next <duration>", "the length of the forecast (default: P7D)"],
    ["--last <duration>", "which past of the stack is repeated (default: P28D)"],
    ["--from <file>", "in place of --last: a file that journeys archive wrote"],
    ["--live <files>", "use these files or folders, separated by commas, in place of the live documents of the stack"],
    ["--most <number>", "name each customer with more messages than this on one day (default: 3)"],
    ["--mail-rate <number>", "emails a second that the account may send (default: 14)"],
    ["--limits <file>", "the limits that the stack sets for journeys without limits of their own"],
    ["--statuses <policy>", "the assumed reports about messages: rates (default), none or worst"],
    ...priceOptions,
    sampleOption,
    coresOption,
    stackOption,
    jsonOption,
  ],
  notes: `The events of the last weeks are repeated, moved by whole weeks, and meet all live journeys together; a draft replaces
the journey with its id. Runs the code of production on a virtual clock, and sends nothing. --json prints one line for
each message that limits hold back, and for each day on which a customer gets many messages; the last line has the numbers.`,
  example: "journeys forecast spring-sale.json --next P7D",
  run: async (given, io) => {
    const { from, last, live } = given.options;
    if (from !== undefined && last !== undefined)
      throw new UsageError("Name either --from FILE or --last P28D, not both.");
    const sample = sampleOf(given.options.sample);
    const files = typeof live === "string" ? documentsIn(live.split(","), io) : undefined;
    if (typeof from === "string" && files) return forecast(given, fileSource(from, io, sample), files, undefined, io);
    return onStack(given, io, async (stack) => {
      const source =
        typeof from === "string" ? fileSource(from, io, sample) : stackSource(stack, last ?? "P28D", sample);
      return forecast(given, source, files ?? (await liveDocuments(stack)), stack, io);
    });
  },
};

type Loaded = DocumentSet | { readonly problems: readonly FileProblem[] };

async function forecast(
  given: Given,
  source: Source,
  live: Loaded,
  stack: Stack | undefined,
  io: Io,
): Promise<ExitCode> {
  const { operands, options } = given;
  const json = options.json === true;
  const settings = settingsOf(options, io);
  const prices = ownPricesOf(options);
  if ("problems" in live) return refuse(live.problems, json, io);
  const drafts = operands.length > 0 ? documentsIn(operands, io, live) : nothing;
  if ("problems" in drafts) return refuse(drafts.problems, json, io);
  const past = await source.header();
  const period = periodIn(past, settings.next);
  const statuses = policyOf(options.statuses ?? "rates");
  const cores = coresOf(options.cores);
  const documents = { ...sidesOf(live, drafts).draft, ...(settings.limits && { limits: settings.limits }) };
  return withRates(source, { policy: statuses, cores }, async (lines, rates) => {
    const told = json ? undefined : SHOWN;
    const setup: ForecastSetup = { documents, period, statuses, rates, prices, most: settings.most, told };
    const checked = await Forecaster.of(setup);
    if ("problems" in checked) return refuseDocuments(checked.problems, json, io);
    const sum = emptyForecast();
    const first: Forecasted["findings"] = [];
    let unreadable = 0;
    for await (const { forecast, findings, problems } of onCores(
      lines.customers(),
      { kind: "forecast", setup },
      cores,
    )) {
      addForecast(sum, forecast);
      unreadable += problems.length;
      for (const problem of problems) io.err(lineProblem(source, problem));
      if (json) for (const finding of findings) io.out(JSON.stringify(finding));
      else first.push(...findings.slice(0, SHOWN - first.length));
    }
    const numbers = await answerOf(sum, setup, { mailRate: settings.mailRate, sample: past.sample }, stack);
    const answer = { kind: "summary", ok: unreadable === 0, ...numbers };
    if (json) io.out(JSON.stringify(answer));
    else {
      showForecast(answer, io);
      if (first.length > 0) io.out("\nCustomers, for example:");
      for (const finding of first) showFinding(finding, io);
    }
    return unreadable === 0 ? 0 : 1;
  });
}

async function answerOf(
  sum: Forecast,
  { period: { from, until, past }, statuses, most }: ForecastSetup,
  { mailRate, sample }: { readonly mailRate: number | undefined; readonly sample: number | undefined },
  stack: Stack | undefined,
) {
  const { emails, starts, open } = defaultQuotas(defaultRegion);
  const allowed = { emails: mailRate ?? emails, emailsADay: await dailyQuota(stack), starts, open };
  return { from, until, past, statuses, most, ...sampled(sample), ...forecastAnswer(sum, from, allowed, sample) };
}

const nothing: DocumentSet = { journeys: [], templates: [], segments: [] };

function periodIn(past: Period["past"], next: string): Period {
  const period = periodOf(past, next);
  if (period) return period;
  throw new UsageError(
    `The past from ${past.from} to ${past.until} is too short for a forecast of ${next}: the past must cover as many whole weeks as the forecast.`,
  );
}

/** What SES allows in 24 hours, where a stack can say it. */
async function dailyQuota(stack: Stack | undefined): Promise<number | undefined> {
  try {
    return (await (await stack?.health())?.mail())?.quota;
  } catch {
    // Without the permission, or on an emulator, the quota stays unknown.
    return undefined;
  }
}
