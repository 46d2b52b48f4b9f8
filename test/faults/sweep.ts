/**
 * Every example with one fault at every single call of a port: the caller dies before it, dies after it, or is told of
 * a time-out with the effect done. It is tried again, and everything must end as it would have ended without.
 */
import { globSync } from "node:fs";
import { basename, dirname } from "node:path";
import { loadScenario } from "../../cli/files/load-scenario.ts";
import { processIo } from "../../cli/terminal/io.ts";
import { plus, type Time, toTime } from "../../lambdas/domain/time.ts";
import type { Scenario } from "../../simulator/scenario.ts";
import type { Fault } from "./faults.ts";
import { FaultWorld, type Life } from "./world.ts";

export const sweptFaults = ["crash-before", "crash-after", "time-out"] as const;

export interface Swept {
  readonly example: string;
  /** So many times one call was disturbed. */
  readonly points: number;
  /** Where the end was another one. */
  readonly differing: readonly string[];
  /** So many ended with a message of which nobody can know whether it left: then its customer goes on without it. */
  readonly unknown: number;
}

export function examples(): string[] {
  return globSync("examples/*/scenario.json")
    .map((path) => basename(dirname(path)))
    .sort();
}

export async function sweep(example: string, kinds: readonly Fault["kind"][] = sweptFaults): Promise<Swept> {
  const life = lifeOf(scenarioOf(example));
  const undisturbed = endOf(await lived(life, []));
  let [points, unknown] = [0, 0];
  const differing: string[] = [];
  for (const kind of kinds)
    for (let from = 0; ; from++) {
      const world = await lived(life, [{ kind, from, seconds: 0 }]);
      if (world.faults.struck[kind] === undefined) break;
      points++;
      const end = endOf(world);
      const where = `${kind} call ${from}`;
      if (world.ledger.violations.length > 0) differing.push(`${where}: ${world.ledger.violations.join("; ")}`);
      else if (end.unknown) unknown++;
      else if (end.text !== undisturbed.text) differing.push(`${where}: ${difference(undisturbed.text, end.text)}`);
    }
  return { example, points, differing, unknown };
}

function scenarioOf(example: string): Scenario {
  const loaded = loadScenario(`examples/${example}/scenario.json`, processIo());
  if ("problems" in loaded) throw new Error(JSON.stringify(loaded.problems));
  return loaded.scenario;
}

/** The mail service reports of every message that it was sent, and delivered a second later. */
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

async function lived(life: Life, faults: readonly Fault[]): Promise<FaultWorld> {
  const world = new FaultWorld({ ...life, faults });
  await world.live();
  return world;
}

/** How everything ended, without when. */
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
  // Also of those who were erased: the counts know.
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
