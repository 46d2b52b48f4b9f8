/** Runs a scenario in the simulator and measures the AWS requests that it would have made. */
import type { Scenario } from "../../simulator/scenario.ts";
import { type Simulation, simulate } from "../../simulator/simulate.ts";
import type { TimelineLine } from "../../simulator/timeline.ts";
import { Meter } from "./meter.ts";
import type { Usage } from "./usage.ts";

export interface Measured {
  readonly usage: Usage;
  readonly simulation: Simulation;
}

/** @throws when a document of the scenario has problems; check the documents first. */
export async function measure(
  scenario: Scenario,
  tell: (line: TimelineLine) => void = () => {},
  meter: Meter = new Meter(),
): Promise<Measured> {
  const simulation = await simulate(scenario, tell, meter);
  if ("problems" in simulation) {
    const [{ path, message } = { path: "", message: "" }] = simulation.problems;
    throw new Error(`${path}: ${message}`);
  }
  return { usage: meter.usage(), simulation };
}
