/** Audience runs for the tests to store. */
import type { RunRecord } from "../../../lambdas/domain/schedule/run-record.ts";
import { LATER, NOW } from "../../domain/enrolled.ts";

export const asked: RunRecord = {
  journeyId: "j",
  runId: "j-1",
  startedAt: NOW,
  local: 1_767_603_600_000,
  aim: { kind: "event", name: "order", within: "P30D" },
  state: "asked",
  version: 0,
  parts: 3,
};
export const begun: RunRecord = { ...asked, state: "under-way", version: 2, execution: "x-1" };
export const other: RunRecord = { ...begun, runId: "j-2", startedAt: LATER, execution: "x-2" };
export const progress = {
  result: { considered: 3, entered: 1, refused: { "audience-false": 2 } },
  waiting: 4,
  partsDone: 3,
} as const;
