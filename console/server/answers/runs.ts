/** The audience runs of a journey, as `journeys runs` says them. */
import { runText, shownRuns } from "../../../stack/journeys/run-text.ts";
import type { Stack } from "../../../stack/stack.ts";
import type { RunsAnswer } from "../../api/journeys.ts";

const MOST = 50;

export async function runsAnswer(id: string, stack: Stack): Promise<RunsAnswer> {
  const runs = await shownRuns(id, stack);
  const shown = runs.slice(0, MOST).map((run) => ({
    runId: run.runId,
    startedAt: run.startedAt,
    state: run.state,
    text: runText(run),
  }));
  return { runs: shown, more: runs.length > MOST };
}
