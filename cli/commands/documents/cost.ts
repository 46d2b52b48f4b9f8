/** `journeys cost JOURNEY.json`: the cost of each path through a journey, and the quotas that a volume would reach. */
import { dirname, join } from "node:path";
import { defaultRegion, priceDate, regions } from "../../../insight/cost/bill.ts";
import { checkForCost, estimate, estimateJson } from "../../../insight/cost/estimate.ts";
import { kindOf } from "../../../insight/documents/document-kind.ts";
import { foreignForm } from "../../../insight/documents/foreign-forms.ts";
import { knownTemplates } from "../../../insight/documents/known-templates.ts";
import { placed } from "../../../insight/documents/places.ts";
import type { Problem } from "../../../lambdas/domain/documents/problem.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import type { Template } from "../../../lambdas/domain/messages/template.ts";
import { UsageError } from "../../../stack/usage-error.ts";
import { showBill, showPaths, showQuotas } from "../../cost/cost-tables.ts";
import { aboveZero, ownPricesOf, priceOptions } from "../../cost/prices.ts";
import { readDocument } from "../../files/document.ts";
import type { CliCommand, Given } from "../../terminal/command.ts";
import type { ExitCode, Io } from "../../terminal/io.ts";
import { showProblems } from "../../terminal/show-problems.ts";

export const costCommand: CliCommand = {
  options: [
    ["--region <region>", `prices and quotas of this region (default: ${defaultRegion})`],
    ...priceOptions,
    ["--per-day <enrollments>", "show which quotas this number of enrollments a day would reach"],
    ["--json", "print one JSON object and nothing else"],
  ],
  notes: `The simulator runs one customer along each path and counts the requests. List prices of ${priceDate}, without
storage, logs, traces and free tiers. Every message counts as delivered, and no customer exits early. The templates are
the files beside the journey: a text message costs by its parts, without --sms-price by the price to the United States.
The fees for WhatsApp are included when you give their prices; docs/cost.md says where to look them up.`,
  example: "journeys cost examples/abandoned-cart/journey.json --per-day 20000",
  run: ({ operands: [file = ""], options }, io) => cost(file, options, io),
};

async function cost(file: string, options: Given["options"], io: Io): Promise<ExitCode> {
  const region = regionOf(options.region);
  const perDay = aboveZero(options.perDay, "--per-day takes a number of enrollments");
  const prices = ownPricesOf(options);
  const journey = readJourney(file, options.json === true, io);
  if (!journey) return 1;
  const found = await estimate(journey, region, { perDay, prices, templates: templatesBeside(file, io) });
  if (options.json) io.out(JSON.stringify(estimateJson(found)));
  else {
    showPaths(found, io);
    showBill(found, io);
    if (perDay !== undefined) showQuotas(perDay, found.quotas, io);
  }
  return 0;
}

function regionOf(region: string | boolean | undefined = defaultRegion): string {
  if (typeof region === "string" && regions.includes(region)) return region;
  throw new UsageError(`There are no prices for the region "${region}". There are prices for ${regions.join(", ")}.`);
}

/**
 * The templates in the folder of the journey. A file that is no template, or that is broken, has no influence on the
 * price.
 */
function templatesBeside(file: string, io: Io): ReadonlyMap<string, Template> {
  const folder = dirname(file);
  const documents = io.list(folder).flatMap((name) => {
    const read = name.endsWith(".json") ? readDocument(join(folder, name), io) : { problems: [] };
    return "problems" in read ? [] : [read.value];
  });
  return knownTemplates(documents);
}

function readJourney(file: string, json: boolean, io: Io): Journey | undefined {
  const read = readDocument(file, io);
  const foreign = "problems" in read ? undefined : (foreignForm(read.value) ?? otherKind(read.value));
  const checked = "problems" in read ? read : foreign ? { problems: [foreign] } : checkForCost(read.value);
  if (!("problems" in checked)) return checked.value as Journey;
  const problems = placed(checked.problems, read.text).map((problem) => ({ file, ...problem }));
  if (json) io.out(JSON.stringify({ ok: false, problems }));
  else showProblems(file, problems, io);
  return undefined;
}

function otherKind(value: unknown): Problem | undefined {
  const kind = kindOf(value);
  if (kind === undefined || kind === "journey") return undefined;
  return { path: "", code: "not-a-journey", message: `This is a ${kind}. Only journeys have a cost.` };
}
