/**
 * Runs every example with one fault at each single call of a port: the caller dies before the call, dies after it, or gets
 * a time-out although the effect is done. The call is retried, and the outcome must be the outcome without a fault.
 */
import { globSync } from "node:fs";
import { basename, dirname } from "node:path";
import { loadScenario } from "../../cli/files/load-scenario.ts";
import { processIo } from "../../cli/process-io.ts";
import { plus, type Time, toTime } from "../../lambdas/domain/time/time.ts";
import type { Scenario } from "../../simulator/scenario.ts";
import { type Call, type CallCounts, countCalls, edgesOf } from "../app/calls.ts";
import { harm } from "../app/harm.ts";
import type { Fault, FaultKind } from "./services/faults.ts";
import { FaultWorld, type Life } from "./world.ts";

export const sweptFaults = ["crash-before", "crash-after", "time-out"] as const;

export interface Swept {
  readonly example: string;
  /** The number of disturbed calls. */
  readonly points: number;
  /** For each call and fault, how often the call was disturbed; and how often it is made without faults. */
  readonly disturbed: Readonly<Partial<Record<FaultKind, CallCounts>>>;
  readonly made: CallCounts;
  /** The runs with another outcome. */
  readonly differing: readonly string[];
  /** The number of runs in which it is unknown whether a message was sent: the customer goes on without it. */
  readonly unknown: number;
}

export function examples(): string[] {
  return globSync("examples/*/scenario.json")
    .map((path) => basename(dirname(path)))
    .sort();
}

/** At every call, or at the first and the last call of each kind only. */
export async function sweep(
  example: string,
  kinds: readonly Fault["kind"][] = sweptFaults,
  at: "every" | "edges" = "every",
): Promise<Swept> {
  const life = lifeOf(scenarioOf(example));
  const without = await lived(life, []);
  const undisturbed = endOf(without);
  const edges = edgesOf(without.faults.calls);
  let [points, unknown] = [0, 0];
  const differing: string[] = [];
  const disturbed: Partial<Record<FaultKind, CallCounts>> = {};
  for (const kind of kinds) {
    const calls: Call[] = [];
    // The next fault starts after this one's call, because a fault in between would strike the same call again.
    for (let from = 0; ; ) {
      while (at === "edges" && from < without.faults.calls.length && !edges.has(from)) from++;
      const world = await lived(life, [{ kind, from, seconds: 0 }]);
      const { befallen } = world.faults;
      if (!befallen) break;
      points++;
      calls.push(befallen.call);
      from = befallen.place + 1;
      const end = endOf(world);
      const where = `${kind} call ${befallen.place}, ${befallen.call}`;
      if (world.ledger.violations.length > 0) differing.push(`${where}: ${world.ledger.violations.join("; ")}`);
      else if (end.unknown) unknown++;
      else if (end.text !== undisturbed.text) {
        const sentences = harm(endedIn(world), endedIn(without));
        differing.push(`${where}: ${sentences.join("; ") || difference(undisturbed.text, end.text)}`);
      }
    }
    disturbed[kind] = countCalls(calls);
  }
  return { example, points, disturbed, made: countCalls(without.faults.calls), differing, unknown };
}

function scenarioOf(example: string): Scenario {
  const loaded = loadScenario(`examples/${example}/scenario.json`, processIo());
  if ("problems" in loaded) throw new Error(JSON.stringify(loaded.problems));
  return loaded.scenario;
}

/** SES reports `sent` for every message, and `delivered` one second later. */
function lifeOf(scenario: Scenario): Life {
  const { events = [], statuses = [], edits = [] } = scenario;
  const last = [...events, ...statuses, ...edits]
    .map(({ at }) => toTime(at) as Time)
    .sort()
    .at(-1) as Time;
  const until = toTime(scenario.until) ?? plus(last, "P366D");
  return {
    scenario,
    faults: [],
    reports: [
      [
        ["sent", 0],
        ["delivered", 1],
      ],
    ],
    again: 0,
    calm: plus(last, "PT1H"),
    until,
  };
}

const endedIn = ({ store, ledger }: FaultWorld) => ({ store, sent: ledger.sent });

async function lived(life: Life, faults: readonly Fault[]): Promise<FaultWorld> {
  const world = new FaultWorld({ ...life, faults });
  await world.live();
  return world;
}

/** The outcome without its times. */
function endOf({ store, ledger }: FaultWorld): { text: string; unknown: boolean } {
  const customers = [...store.all()]
    .map(({ customer: { customerId, attributes, tags }, enrollments }) => ({
      customerId,
      attributes,
      tags,
      enrollments: [...enrollments.values()]
        .map(({ journeyId, key, status, reason, goals, steps, messages }) => ({
          journeyId,
          key,
          status,
          reason,
          goals: Object.keys(goals).sort(),
          steps: steps.map(({ componentId, outcome }) => `${componentId} ${outcome}`),
          messages: messages.map(({ componentId, state, statuses }) => [
            componentId,
            state,
            Object.keys(statuses).sort(),
          ]),
        }))
        .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    }))
    .sort((a, b) => (a.customerId < b.customerId ? -1 : 1));
  const counts = [...store.counts]
    .map(([id, all]) => [
      id,
      Object.entries(all)
        .filter(([, n]) => n !== 0)
        .sort(),
    ])
    .sort();
  const sent = ledger.sent
    .map(({ claim, message }) => `${claim.customerId} ${claim.componentId} ${message.subject}`)
    .sort();
  const text = JSON.stringify({ customers, counts, sent }, null, 1);
  // This includes erased customers, because counters keep their counts.
  return { text, unknown: /unknown"/.test(text) };
}

function difference(a: string, b: string): string {
  const [left, right] = [a.split("\n"), b.split("\n")];
  const at = left.findIndex((line, index) => line !== right[index]);
  const around = (lines: string[]) =>
    lines
      .slice(at - 2, at + 2)
      .map((line) => line.trim())
      .join(" ");
  return `${around(left)} became ${around(right)}`;
}
