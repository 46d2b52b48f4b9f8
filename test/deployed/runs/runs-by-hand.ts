/** Audience runs that a test starts with the command line, and what comes of them on the stack and in the simulator. */
import { expect } from "vitest";
import { recordKey } from "../../../lambdas/adapters/dynamodb/run-keys.ts";
import { toRun } from "../../../lambdas/adapters/runs/run-records.ts";
import type { RunRecord } from "../../../lambdas/domain/schedule/run-record.ts";
import { plus, type Time } from "../../../lambdas/domain/time/time.ts";
import { HeldClock } from "../../../local/held-clock.ts";
import type { Scenario } from "../../../simulator/scenario.ts";
import { simulate } from "../../../simulator/simulate.ts";
import type { RunLine } from "../../../simulator/timeline.ts";
import type { Running } from "../running.ts";
import { until } from "../waiting.ts";
import type { Customers } from "./customers.ts";

export class RunsByHand {
  private readonly run: Running;

  constructor(run: Running) {
    this.run = run;
  }

  /** Starts a run with the command line. The answer is the run when it has ended. */
  async enter(journeyId: string, how: readonly string[]): Promise<RunRecord> {
    return this.over({ journeyId, runId: await this.started(journeyId, how) });
  }

  private async started(journeyId: string, how: readonly string[]): Promise<string> {
    const { exitCode, out, err } = await this.run.journeys("enter", journeyId, ...how, "--yes", "--json");
    if (exitCode !== 0) throw new Error(err || out);
    return JSON.parse(out).runId;
  }

  private over(ref: { journeyId: string; runId: string }): Promise<RunRecord> {
    const look = async () => {
      const item = await this.run.stack.get("CountersTableName", recordKey(ref));
      return item && toRun(item);
    };
    const ended = async () => {
      const stored = await look();
      return stored?.state === "ended" ? stored : undefined;
    };
    return until(`the end of ${ref.runId}`, ended, { seconds: 400, instead: look });
  }

  /** A run of a list with a rate: `meanwhile` happens after its first customers; then an hour passes at once. */
  async rated(journeyId: string, customers: Customers, meanwhile: (runId: string) => Promise<unknown>) {
    const clock = new HeldClock(this.run.engine, new Date().toISOString());
    await clock.set(clock.now);
    try {
      await clock.release();
      const runId = await this.started(journeyId, ["--customers", idsOf(customers).join(",")]);
      const ref = { journeyId, runId };
      const hour = plus(clock.now, "PT55M");
      const next = await passing(clock, (at) => at < hour);
      const before = (await this.run.journeys("runs", journeyId)).out;
      await meanwhile(runId);
      if (next === undefined) throw new Error("No part of the run waits for its turn.");
      await clock.set(next);
      await passing(clock, () => true);
      return { before, ended: await this.over(ref) };
    } finally {
      await clock.letGo();
    }
  }

  /** Waits until each customer has completed the journey so many times, and compares. */
  async completed(journeyId: string, customers: Customers, times: (index: number) => number): Promise<void> {
    for (const [index, { customerId }] of customers.entries()) {
      const found = async () =>
        (await this.run.stack.enrollments(customerId))
          .filter((each) => each.journeyId === journeyId)
          .map(({ status }) => status);
      const allEnded = async () => {
        const statuses = await found();
        return statuses.length >= times(index) && !statuses.includes("active");
      };
      await until(`${customerId} to complete`, allEnded, { instead: found });
      expect(await found(), customerId).toEqual(Array.from({ length: times(index) }, () => "completed"));
    }
  }

  async inside(journeyId: string, customers: Customers): Promise<number> {
    let count = 0;
    for (const { customerId } of customers)
      count += (await this.run.stack.enrollments(customerId)).filter((each) => each.journeyId === journeyId).length;
    return count;
  }
}

/** Lets time pass while `goes` allows the next time. The answer is the next time, if any is left. */
async function passing(clock: HeldClock, goes: (at: Time) => boolean): Promise<Time | undefined> {
  for (;;) {
    await clock.release();
    const next = await clock.rest();
    if (next === undefined || !goes(next)) return next;
    await clock.set(next);
  }
}

export const idsOf = (customers: Customers) => customers.map(({ customerId }) => customerId);

export const resultOf = ({ result }: RunRecord) => result;

export async function simulatedRuns(scenario: object): Promise<unknown[]> {
  const lines: RunLine[] = [];
  const simulated = await simulate(scenario as Scenario, (line) => {
    if (line.kind === "run") lines.push(line);
  });
  if ("problems" in simulated) throw new Error(JSON.stringify(simulated.problems));
  return lines.map(({ considered, entered, refused }) => ({ considered, entered, refused }));
}
