/** `journeys forecast [DRAFT…]`: what all live journeys, and drafts, will send in the next days. */

import { defaultRegion } from "../../../insight/cost/bill.ts";
import { defaultQuotas } from "../../../insight/cost/quotas.ts";
import type { CrowdedDay, HeldBack } from "../../../proof/forecast/customer-findings.ts";
import { forecastAnswer } from "../../../proof/forecast/forecast-answer.ts";
import type { Rates } from "../../../proof/replay/reports.ts";
import type { Stack } from "../../../stack/stack.ts";
import { UsageError } from "../../../stack/usage-error.ts";
import type { FileProblem } from "../../files/check-files.ts";
import { Forecaster, type Period, periodOf } from "../../forecast/forecaster.ts";
import { settingsOf } from "../../forecast/settings.ts";
import { showFinding, showForecast } from "../../forecast/show-forecast.ts";
import { policyOf, ratesIn, refuse } from "../../replay/policy.ts";
import { type DocumentSet, documentsIn, liveDocuments, sidesOf } from "../../replay/sides.ts";
import { fileSource, lineProblem, type Source, stackSource } from "../../replay/sources.ts";
import type { CliCommand, Given } from "../../terminal/command.ts";
import type { ExitCode, Io } from "../../terminal/io.ts";
import { jsonOption, onStack, stackOption } from "../../terminal/on-stack.ts";

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
    stackOption,
    jsonOption,
  ],
  notes: `The events of the last weeks are repeated, moved by whole weeks, and meet all live journeys together; a draft replaces
the journey with its id. Runs by the code of production on a virtual clock, and sends nothing. --json prints a line
for each message that limits hold back and each day on which a customer gets many messages, then one with the numbers.`,
  example: "journeys forecast spring-sale.json --next P7D",
  run: async (given, io) => {
    const { from, last, live } = given.options;
    if (from !== undefined && last !== undefined)
      throw new UsageError("Name either --from FILE or --last P28D, not both.");
    const files = typeof live === "string" ? documentsIn(live.split(","), io) : undefined;
    if (typeof from === "string" && files) return forecast(given, fileSource(from, io), files, undefined, io);
    return onStack(given, io, async (stack) => {
      const source = typeof from === "string" ? fileSource(from, io) : stackSource(stack, last ?? "P28D");
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
  if ("problems" in live) return refuse(live.problems, json, io);
  const drafts = operands.length > 0 ? documentsIn(operands, io, live) : nothing;
  if ("problems" in drafts) return refuse(drafts.problems, json, io);
  const period = await periodIn(source, settings.next);
  const statuses = policyOf(options.statuses ?? "rates");
  const rates: Rates = statuses === "rates" ? await ratesIn(source.customers()) : {};
  const documents = { ...sidesOf(live, drafts).draft, ...(settings.limits && { limits: settings.limits }) };
  const forecaster = await Forecaster.of(documents, period, { statuses, rates, most: settings.most });
  if ("problems" in forecaster)
    return refuse(
      forecaster.problems.map((each) => ({ file: "documents", ...each })),
      json,
      io,
    );
  const first: (HeldBack | CrowdedDay)[] = [];
  let [unreadable, number] = [0, 1];
  for await (const line of source.customers()) {
    number++;
    const found = await forecaster.add(line);
    if ("problems" in found) {
      unreadable++;
      for (const problem of found.problems) io.err(lineProblem(source, number, problem));
    } else if (json) for (const finding of found) io.out(JSON.stringify(finding));
    else first.push(...found.slice(0, SHOWN - first.length));
  }
  const { from, until } = period;
  const { emails, starts, open } = defaultQuotas(defaultRegion);
  const emailsADay = await dailyQuota(stack);
  const answer = {
    kind: "summary",
    ok: unreadable === 0,
    from,
    until,
    past: period.past,
    statuses,
    most: settings.most,
    ...forecastAnswer(forecaster.forecast, from, { emails: settings.mailRate ?? emails, emailsADay, starts, open }),
  };
  if (json) io.out(JSON.stringify(answer));
  else {
    showForecast(answer, io);
    if (first.length > 0) io.out("\nCustomers, for example:");
    for (const finding of first) showFinding(finding, io);
  }
  return unreadable === 0 ? 0 : 1;
}

const nothing: DocumentSet = { journeys: [], templates: [], segments: [] };

async function periodIn(source: Source, next: string): Promise<Period> {
  const past = await source.header();
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
