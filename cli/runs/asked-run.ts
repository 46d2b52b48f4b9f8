/** The audience run that a person asks for, as it is stored and started. */
import { PARTS } from "../../lambdas/app/runs/plan-run.ts";
import type { LiveJourney } from "../../lambdas/domain/journey/catalog.ts";
import { type RunRecord, runIdOf } from "../../lambdas/domain/schedule/run-record.ts";
import type { Time } from "../../lambdas/domain/time/time.ts";
import type { Aimed } from "./aim.ts";

export interface AskedRun {
  readonly run: RunRecord;
  /** The customers of a list, in parts. */
  readonly lists: readonly (readonly string[])[];
}

type Live = Pick<LiveJourney, "version"> & { readonly journey: Pick<LiveJourney["journey"], "id"> };

export function askedRun({ journey, version }: Live, { aim, named }: Aimed, startedAt: Time): AskedRun {
  const lists = named ? inParts(named) : [];
  const parts = named ? lists.length : PARTS;
  const runId = runIdOf(journey.id, startedAt);
  return { run: { journeyId: journey.id, runId, startedAt, aim, state: "asked", version, parts }, lists };
}

/** The number of customers in one part of a list: 2,000 ids of 128 bytes fit into an item of 400 KB. */
const PER_PART = 2_000;

function inParts(ids: readonly string[]): string[][] {
  const size = Math.min(PER_PART, Math.max(1, Math.ceil(ids.length / PARTS)));
  return Array.from({ length: Math.max(1, Math.ceil(ids.length / size)) }, (_, part) =>
    ids.slice(part * size, (part + 1) * size),
  );
}
