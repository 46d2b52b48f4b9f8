/** Runs the chosen scenario anew after each change, and remembers where the slider stands. */
import { useMemo, useState } from "preact/hooks";
import type { Journey } from "../../../../lambdas/domain/journey/journey.ts";
import type { Time } from "../../../../lambdas/domain/time/time.ts";
import type { JsonObject } from "../../../../lambdas/domain/values/json.ts";
import type { TimelineLine } from "../../../../simulator/timeline.ts";
import type { EditAnswer } from "../../../api/edit.ts";
import { momentAt, momentsOf, wayOf } from "../../../edit/simulation/replay.ts";
import { type Choice, scenariosFor } from "../../../edit/simulation/scenarios.ts";
import type { CardMark } from "../../picture/marks.ts";
import { perform } from "../../session/ask.ts";
import { useFollowing } from "./use-following.ts";

export interface Simulated {
  readonly choices: readonly Choice[];
  readonly chosen: string;
  readonly choose: (name: string) => void;
  readonly lines: readonly TimelineLine[];
  readonly warnings: readonly string[];
  readonly error: Error | undefined;
  readonly moments: readonly Time[];
  readonly index: number;
  readonly moveTo: (index: number) => void;
  readonly customer: string | undefined;
  readonly follow: (customerId: string | undefined) => void;
  /** The numbers on the cards at the moment of the slider. */
  readonly counts: ReadonlyMap<string, CardMark>;
}

export function useSimulation(journey: Journey | undefined, { examples }: EditAnswer): Simulated {
  const [name, choose] = useState("");
  const [position, setPosition] = useState<number>();
  const [customer, follow] = useState<string>();
  const choices = useMemo(() => (journey ? scenariosFor(journey, examples) : []), [journey, examples]);
  const choice = choices.find((each) => each.name === name) ?? choices[0];
  const subject = useMemo(() => (journey && choice ? { journey, choice } : undefined), [journey, choice]);
  const { answer, error, isCurrent } = useFollowing(subject, async ({ journey, choice }) => {
    // A draft is simulated as it would be live.
    const live = { ...journey, status: journey.status === "draft" ? "active" : journey.status };
    const scenario = choice.scenario as unknown as JsonObject;
    return perform("journey-simulate", { document: live as unknown as JsonObject, scenario });
  });
  const lines = answer?.lines ?? [];
  const moments = useMemo(() => momentsOf(lines), [lines]);
  const index = Math.min(position ?? moments.length - 1, Math.max(0, moments.length - 1));
  const counts = useMemo(() => countsAt(lines, moments[index] ?? "", customer), [lines, moments, index, customer]);
  return {
    choices,
    chosen: choice?.name ?? "",
    choose,
    lines,
    warnings: answer?.warnings ?? [],
    error: isCurrent ? error : undefined,
    moments,
    index,
    moveTo: setPosition,
    customer,
    follow,
    counts,
  };
}

/** If a customer is chosen, the cards that the customer has not visited are pale. */
function countsAt(lines: readonly TimelineLine[], now: Time, customer: string | undefined): Map<string, CardMark> {
  const { came, inside } = momentAt(lines, now);
  const way = customer === undefined ? undefined : wayOf(lines, customer, now);
  const here = Map.groupBy(inside, ({ componentId }) => componentId);
  const cards = new Set([
    ...came.keys(),
    ...lines.flatMap((line) => ("componentId" in line ? [line.componentId] : [])),
  ]);
  return new Map(
    [...cards].map((card): [string, CardMark] => {
      const names = (here.get(card) ?? []).map(({ customerId }) => customerId);
      const mark = names.length === 0 ? {} : { here: names.length < 3 ? names.join(", ") : `${names.length} here` };
      return [card, { came: String(came.get(card) ?? 0), ...mark, pale: way !== undefined && !way.has(card) }];
    }),
  );
}
