/** `journeys cost JOURNEY.json`: what people who go through a journey cost, path by path, and what quotas they would hit. */

import { bill, defaultRegion, dollars, priceDate, pricesIn, regions } from "../../insight/cost/bill.ts";
import { costAlong, type PathCost } from "../../insight/cost/path-cost.ts";
import { type Path, pathsOf } from "../../insight/cost/paths.ts";
import { type Quota, quotas } from "../../insight/cost/quotas.ts";
import { total } from "../../insight/cost/usage.ts";
import { checkJourney } from "../../lambdas/domain/check-journey.ts";
import { items, members } from "../../lambdas/domain/draft.ts";
import type { Journey } from "../../lambdas/domain/journey.ts";
import { type Costed, PER, showBill, showPaths, showQuotas } from "../cost/cost-tables.ts";
import { readDocument } from "../files/document.ts";
import type { CliCommand } from "../terminal/command.ts";
import { type ExitCode, type Io, UsageError } from "../terminal/io.ts";
import { showProblems } from "../terminal/show-problems.ts";

const MOST_PATHS = 24;
const DAY = 86_400_000;

export const costCommand: CliCommand = {
  usage: "cost <journey>",
  summary: "what a journey costs: transitions, requests and dollars, path by path",
  options: [
    ["--region <region>", `prices and quotas of this region (default: ${defaultRegion})`],
    ["--per-day <enrollments>", "which quotas so many enrollments a day would hit"],
    ["--json", "print one JSON object and nothing else"],
  ],
  notes: `Every path is lived through in the simulator by one customer, and the requests are counted. List prices of ${priceDate},
without storage, logs, traces and free tiers; every message is delivered, and nobody exits early.`,
  example: "journeys cost examples/abandoned-cart/journey.json --per-day 20000",
  run: ({ operands: [file = ""], options }, io) =>
    cost(file, { region: options.region, perDay: options.perDay, json: options.json === true }, io),
};

interface Options {
  readonly region?: string | boolean | undefined;
  readonly perDay?: string | boolean | undefined;
  readonly json?: boolean;
}

export async function cost(file: string, options: Options, io: Io): Promise<ExitCode> {
  const region = regionOf(options.region);
  const perDay = perDayOf(options.perDay);
  const journey = readJourney(file, options.json === true, io);
  if (!journey) return 1;
  const { paths, more } = pathsOf(journey, MOST_PATHS);
  const costed: Costed[] = [];
  for (const path of paths) costed.push(costedOf(journey, path, await costAlong(journey, path), region));
  const worst = costed.reduce((most, each) => (each.dollars > most.dollars ? each : most));
  const longest = Math.max(...costed.map(({ days }) => days));
  const volume = { transitions: worst.total.transitions, emails: worst.total.emails, days: longest };
  const hit = perDay === undefined ? [] : quotas(region, perDay, volume);
  if (options.json) io.out(JSON.stringify(asJson(region, costed, worst, more, hit)));
  else {
    showPaths(costed, worst, more, io);
    showBill(worst, region, io);
    if (perDay !== undefined) showQuotas(perDay, hit, io);
  }
  return 0;
}

function regionOf(region: string | boolean | undefined = defaultRegion): string {
  if (typeof region === "string" && regions.includes(region)) return region;
  throw new UsageError(`There are no prices for the region "${region}". Known are ${regions.join(", ")}.`);
}

function perDayOf(given: string | boolean | undefined): number | undefined {
  if (given === undefined) return undefined;
  const perDay = Number(given);
  if (Number.isFinite(perDay) && perDay > 0) return perDay;
  throw new UsageError(`--per-day takes a number of enrollments above zero, not "${given}".`);
}

function readJourney(file: string, json: boolean, io: Io): Journey | undefined {
  const read = readDocument(file, io);
  const checked = "problems" in read ? read : checkJourney(read.value, templatesNamedIn(read.value));
  if ("value" in checked) return checked.value as Journey;
  if (json) io.out(JSON.stringify({ ok: false, problems: checked.problems.map((problem) => ({ file, ...problem })) }));
  else
    showProblems(
      file,
      checked.problems.map((problem) => ({ file, ...problem })),
      io,
    );
  return undefined;
}

/** What a template says makes no difference to the cost: those that are named are taken to exist. */
function templatesNamedIn(document: unknown): ReadonlySet<string> {
  const named = Object.values(members(members(document).components)).map((component) => members(component).template);
  return new Set(items(named).flatMap(([, template]) => (typeof template === "string" ? template : [])));
}

function costedOf(journey: Journey, path: Path, { usage, milliseconds }: PathCost, region: string): Costed {
  const lines = bill(usage, region);
  const decided = path.flatMap(({ componentId, outlet }) => labelOf(journey, componentId, outlet));
  return {
    path: decided.join(", ") || "straight through",
    days: milliseconds / DAY,
    total: total(usage),
    lines,
    dollars: dollars(lines) * PER,
  };
}

/** Decisions name a path; what everybody goes through does not. */
function labelOf(journey: Journey, componentId: string, outlet: number): string[] {
  const component = journey.components[componentId];
  if (!component) return [];
  switch (component.type) {
    case "messageStatusRule":
      return [`${componentId}: ${outlet === 0 ? "met" : "not met"}`];
    case "condition":
    case "waitFor":
    case "split": {
      const branch = component.branches[outlet];
      return [`${componentId}: ${branch ? ("id" in branch ? branch.id : `branch ${outlet + 1}`) : "otherwise"}`];
    }
    default:
      return [];
  }
}

function asJson(region: string, costed: readonly Costed[], worst: Costed, more: boolean, hit: readonly Quota[]) {
  return {
    region,
    prices: { date: priceDate, borrowed: pricesIn(region).borrowed },
    per: PER,
    paths: costed.map(({ path, days, total: { apis, ...rest }, dollars }) => ({ path, days, ...rest, apis, dollars })),
    worst: worst.path,
    morePaths: more,
    quotas: hit.map((quota) => ({ ...quota, hitFrom: Number.isFinite(quota.hitFrom) ? quota.hitFrom : null })),
  };
}
