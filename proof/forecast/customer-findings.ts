/** What one customer's passage through all journeys tells: messages that limits hold back, and days with many messages. */
import type { LimitReason } from "../../lambdas/domain/reasons/reason.ts";
import type { Time } from "../../lambdas/domain/time/time.ts";
import type { CustomerLine } from "../../simulator/timeline.ts";

/** `skipped`: the message is not sent. `delayed`: it is sent later. `exited`: the customer leaves the journey instead. */
export type Fate = "skipped" | "delayed" | "exited";

export interface HeldBack {
  readonly kind: "held-back";
  readonly at: Time;
  readonly customerId: string;
  readonly journeyId: string;
  readonly componentId: string;
  readonly fate: Fate;
  readonly reason: LimitReason;
}

export interface CrowdedDay {
  readonly kind: "crowded-day";
  /** The day in UTC. */
  readonly day: string;
  readonly customerId: string;
  readonly messages: number;
  readonly journeys: readonly string[];
}

const limitReasons: Readonly<Record<LimitReason, true>> = { "frequency-cap": true, "quiet-hours": true };
const isLimit = (reason: string | undefined): reason is LimitReason =>
  reason !== undefined && Object.hasOwn(limitReasons, reason);

export function heldBack(line: CustomerLine): HeldBack | undefined {
  if (line.kind !== "component" && line.kind !== "exited") return undefined;
  const fate = line.kind === "exited" ? "exited" : fates[line.outcome];
  if (!fate || !isLimit(line.reason)) return undefined;
  const { at, customerId, journeyId, componentId, reason } = line;
  return { kind: "held-back", at, customerId, journeyId, componentId, fate, reason };
}

const fates: Readonly<Record<string, Fate>> = { skipped: "skipped", waiting: "delayed" };

/** `most`: the most messages a day that do not make a crowded day. */
export function crowdedDays(lines: readonly CustomerLine[], most: number): CrowdedDay[] {
  const messages = lines.filter((line) => line.kind === "message");
  const days = Map.groupBy(messages, ({ at }) => at.slice(0, 10));
  return [...days]
    .filter(([, sent]) => sent.length > most)
    .map(([day, sent]) => ({
      kind: "crowded-day",
      day,
      customerId: sent[0]?.customerId ?? "",
      messages: sent.length,
      journeys: [...new Set(sent.map(({ journeyId }) => journeyId))].sort(),
    }));
}

/** The pairs of journeys that write on one day; a journey with itself when it writes alone. */
export function pairsOf({ journeys }: Pick<CrowdedDay, "journeys">): (readonly [string, string])[] {
  const [only] = journeys;
  if (journeys.length === 1 && only !== undefined) return [[only, only]];
  return journeys.flatMap((a, index) => journeys.slice(index + 1).map((b) => [a, b] as const));
}
