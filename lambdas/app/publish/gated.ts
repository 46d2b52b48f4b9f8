/**
 * On a stack that requires tests, a journey goes live only when its stored tests pass, no matter which person or
 * program saved the journey.
 */
import type { Checked } from "../../domain/checks/checked.ts";
import { appliedAlone, type Journey } from "../../domain/journey/journey.ts";
import type { Ports } from "../ports.ts";
import { content } from "./journey-content.ts";

type GatePorts = Pick<Ports, "gate" | "journeys">;

export async function gated(checked: Checked<Journey>, ports: GatePorts): Promise<Checked<Journey>> {
  const { gate } = ports;
  if ("problems" in checked || !gate || checked.value.status === "draft") return checked;
  if (await onlyHoldsBack(checked.value, ports)) return checked;
  const problems = await gate.problems(checked.value);
  return problems.length === 0 ? checked : { problems };
}

/** A save that only pauses, holds or stops what is there waits for no test. */
async function onlyHoldsBack(journey: Journey, { journeys }: Pick<Ports, "journeys">): Promise<boolean> {
  if (!appliedAlone.includes(journey.status)) return false;
  const newest = await journeys.newest(journey.id);
  return newest !== undefined && content(newest.journey) === content(journey);
}
