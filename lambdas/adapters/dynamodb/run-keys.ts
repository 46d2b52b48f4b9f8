/**
 * The layout of audience runs in the counters table. No journey has these ids: a journey's id never contains `~`.
 *
 * | `journey`         | `scope`       | the item holds                                                  |
 * |-------------------|---------------|-----------------------------------------------------------------|
 * | `~runs`           | JOURNEY       | which run of the journey is under way                           |
 * |                   | `asked#TIME#RUN` | that a person asked for the run (TTL 2 days)                 |
 * | `~run#JOURNEY`    | RUN           | the run (TTL 400 days)                                          |
 * | `~run#RUN#SHARD`  | `considered`  | the counts of the customers of the queue (TTL 30 days, as below) |
 * | `~part#RUN`       | `part#N`      | the progress of a part                                          |
 * |                   | `list#N`      | a part of the list that a person gave                           |
 * |                   | `turns`       | the turns that the rate of the journey has let the run take     |
 */
import type { AudienceRun, RunRef } from "../../domain/schedule/audience-run.ts";
import type { Time } from "../../domain/time/time.ts";

/** How long the details of a run are kept. The result of a run is in the run's own item. */
export const RUN_KEPT = "P30D";
export const RECORD_KEPT = "P400D";
export const ASKED_KEPT = "P2D";

export const UNDER_WAY = "~runs";

const key = (journey: string, scope: string) => ({ journey, scope });

export const runsPartition = (journeyId: string) => `~run#${journeyId}`;
export const underWayKey = (journeyId: string) => key(UNDER_WAY, journeyId);
/** The sort keys of the runs that a person has asked for since a time lie between this one and `ASKED_END`. */
export const askedFrom = (since: Time) => `asked#${since}`;
export const ASKED_END = "asked#~";
export const askedKey = ({ runId, startedAt }: AudienceRun) => key(UNDER_WAY, `${askedFrom(startedAt)}#${runId}`);
export const recordKey = ({ journeyId, runId }: RunRef) => key(runsPartition(journeyId), runId);
export const runCountsKey = (runId: string, shard: number) => key(`~run#${runId}#${shard}`, "considered");
export const partKey = (runId: string, part: number) => key(`~part#${runId}`, `part#${part}`);
export const listKey = (runId: string, part: number) => key(`~part#${runId}`, `list#${part}`);
export const turnsKey = (runId: string) => key(`~part#${runId}`, "turns");
