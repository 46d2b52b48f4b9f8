/** What does a journey cost? Each path with its bill, the most expensive path, and the quotas that a volume would reach. */
import { checkJourney } from "../../lambdas/domain/checks/check-journey.ts";
import { items, members } from "../../lambdas/domain/documents/unchecked-document.ts";
import type { Journey } from "../../lambdas/domain/journey/journey.ts";
import { bill, dollars, type Item, type Line, type OwnPrices, priceDate, pricesIn, unpriced } from "./bill.ts";
import { type KnownTemplates, type PathCost, pathCost } from "./path-cost.ts";
import { type Path, pathsOf } from "./paths.ts";
import { type Quota, quotas } from "./quotas.ts";
import { type Total, total, type Usage } from "./usage.ts";

/** Amounts for people are for this number of enrollments. */
export const PER = 1000;

const MOST_PATHS = 24;
const DAY = 86_400_000;

/** The cost of one path. `total` and `lines` are for one enrollment, `dollars` for `PER` of them. */
export interface PathEstimate {
  /** The decisions along the path. */
  readonly path: string;
  readonly days: number;
  readonly total: Total;
  readonly lines: readonly Line[];
  readonly dollars: number;
}

export interface Estimate {
  readonly region: string;
  readonly paths: readonly PathEstimate[];
  /** The most expensive path. */
  readonly worst: PathEstimate;
  /** Whether the journey has more paths than were estimated. */
  readonly more: boolean;
  /** The items of any path that are missing in the dollars, because nobody has given their price. */
  readonly unpriced: readonly Item[];
  /** The quotas that the given volume would reach; empty without a volume. */
  readonly quotas: readonly Quota[];
}

/** Checks a document as a journey. All templates that the document names count as existing. */
export function checkForCost(document: unknown): ReturnType<typeof checkJourney> {
  const named = Object.values(members(members(document).components)).map((component) => members(component).template);
  const templates = items(named).flatMap(([, template]) => (typeof template === "string" ? template : []));
  return checkJourney(document, new Set(templates));
}

interface Assumed {
  /** The number of enrollments a day, from which the quotas are estimated. */
  readonly perDay?: number | undefined;
  readonly templates?: KnownTemplates;
  readonly prices?: OwnPrices;
}

export async function estimate(
  journey: Journey,
  region: string,
  { perDay, templates, prices }: Assumed = {},
): Promise<Estimate> {
  const { paths, more } = pathsOf(journey, MOST_PATHS);
  const estimates: PathEstimate[] = [];
  const price = (usage: Usage) => bill(usage, region, prices);
  for (const path of paths)
    estimates.push(pathEstimate(journey, path, await pathCost(journey, path, templates), price));
  const worst = estimates.reduce((most, each) => (each.dollars > most.dollars ? each : most));
  const longest = Math.max(...estimates.map(({ days }) => days));
  const volume = { transitions: worst.total.transitions, emails: worst.total.emails, days: longest };
  const reached = perDay === undefined ? [] : quotas(region, perDay, volume);
  const missing = [...new Set(estimates.flatMap(({ lines }) => unpriced(lines)))];
  return { region, paths: estimates, worst, more, unpriced: missing, quotas: reached };
}

function pathEstimate(
  journey: Journey,
  path: Path,
  { usage, milliseconds }: PathCost,
  price: (usage: Usage) => readonly Line[],
): PathEstimate {
  const lines = price(usage);
  const decisions = path.flatMap(({ componentId, outlet }) => decisionLabel(journey, componentId, outlet));
  return {
    path: decisions.join(", ") || "straight through",
    days: milliseconds / DAY,
    total: total(usage),
    lines,
    dollars: dollars(lines) * PER,
  };
}

/**
 * A path is named by its components with several outlets, because all customers pass the other components in the same
 * way.
 */
function decisionLabel(journey: Journey, componentId: string, outlet: number): string[] {
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

/** The estimate as plain JSON: a quota that is never reached has `hitFrom: null`. */
export function estimateJson({ region, paths, worst, more, unpriced, quotas }: Estimate) {
  return {
    ok: true,
    region,
    prices: { date: priceDate, borrowed: pricesIn(region).borrowed },
    per: PER,
    paths: paths.map(({ path, days, total: { apis, ...rest }, dollars }) => ({ path, days, ...rest, apis, dollars })),
    worst: worst.path,
    unpriced,
    morePaths: more,
    quotas: quotas.map((quota) => ({ ...quota, hitFrom: Number.isFinite(quota.hitFrom) ? quota.hitFrom : null })),
  };
}
