/** The changes that publishing a journey would make, and the cost of the journey. Nothing is saved. */

import { defaultRegion, priceDate, regions } from "../../../insight/cost/bill.ts";
import { checkForCost, estimate, PER } from "../../../insight/cost/estimate.ts";
import { knownTemplates } from "../../../insight/documents/known-templates.ts";
import { compare } from "../../../stack/journeys/comparison.ts";
import type { Stack } from "../../../stack/stack.ts";
import type { JourneyCost, JourneyPlan } from "../../api/edit.ts";
import { WrongBody } from "../answers/failures.ts";

export async function planOf(document: unknown, stack: Stack): Promise<JourneyPlan> {
  const value = checked(document);
  const found = await compare({ kind: "journey", value }, stack);
  if (found.kind !== "journey") throw new WrongBody("This is not a journey.");
  const { live, version, inside, differences, effects } = found;
  return { live, version, inside, differences, effects };
}

export async function costOf(document: unknown, region: string | undefined, stack: Stack): Promise<JourneyCost> {
  const documents = (await Promise.all([stack.templates(), stack.sharedTexts()])).flat();
  const found = await estimate(checked(document), regions.find((each) => each === region) ?? defaultRegion, {
    templates: knownTemplates(documents),
  });
  const { paths, worst, more, unpriced } = found;
  return {
    region: found.region,
    per: PER,
    priceDate,
    paths: paths.map(({ path, days, dollars }) => ({ path, days, dollars })),
    more,
    worst: worst.path,
    lines: worst.lines.map(({ item, amount, dollars = null }) => ({
      item,
      amount: amount * PER,
      dollars: dollars === null ? null : dollars * PER,
    })),
    unpriced,
  };
}

/** Every template that the journey names counts as existing. */
function checked(document: unknown) {
  const found = checkForCost(document);
  if ("value" in found) return found.value;
  throw new WrongBody(found.problems.map(({ path, message }) => `${path}: ${message}`).join(" "));
}
