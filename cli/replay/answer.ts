/** The answer of a replay: of each side, the counts by journey; and what the drafts change. */

import type { Policy } from "../../proof/replay/reports.ts";
import type { Tally } from "../../proof/replay/tally.ts";
import type { Outcome } from "./comparer.ts";
import type { Sample } from "./sample.ts";

interface ReplaySettingsShown {
  readonly from: string;
  readonly until: string;
  readonly statuses: Policy;
  readonly sample?: Sample;
}

/** In JSON, the last line. `problems`: lines of the archive that could not be read. */
export function answerOf(outcome: Outcome, about: ReplaySettingsShown, problems: number) {
  const { customers, changed, against, draft, unknown } = outcome;
  return {
    kind: "summary" as const,
    ok: problems === 0,
    ...about,
    customers,
    changed,
    against: sideOf(against),
    draft: sideOf(draft),
    unknown: {
      statuses: { against: against.assumed, draft: draft.assumed },
      attributes: unknown,
    },
  };
}

/** Counts like `exited bought` become `exited: { bought: 1 }`. */
function sideOf({ journeys, hours, entered, writtenTo, dollars, unpriced }: Tally) {
  return {
    customersEntered: entered,
    customersWrittenTo: writtenTo,
    dollars: Math.round(dollars * 10_000) / 10_000,
    unpriced: Object.keys(unpriced),
    journeys: Object.fromEntries(
      Object.entries(journeys)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([id, counts]) => [id, journeyOf(counts)]),
    ),
    sendsByHour: Object.fromEntries(
      Object.entries(hours)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([hour, sent]) => [`${hour}:00:00.000Z`, sent]),
    ),
  };
}

function journeyOf(counts: Readonly<Record<string, number>>) {
  const number = (name: string) => counts[name] ?? 0;
  const by = (group: string) =>
    Object.fromEntries(
      Object.entries(counts)
        .filter(([name]) => name.startsWith(`${group} `))
        .map(([name, count]) => [name.slice(group.length + 1), count])
        .sort(),
    );
  const [entered, completed, exited, failed] = ["entered", "completed", "exited", "failed"].map(number) as [
    number,
    number,
    number,
    number,
  ];
  return {
    entered,
    active: entered - completed - exited - failed,
    completed,
    exited: by("exited"),
    failed: by("failed"),
    refused: by("refused"),
    messages: by("message"),
    skipped: by("skipped"),
    goals: by("goal"),
  };
}

export type Answer = ReturnType<typeof answerOf>;
