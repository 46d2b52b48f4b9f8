/** When the reconciler may look at somebody who is walking. */
import { expect, test } from "vitest";
import { dueWhileWalking } from "../../../lambdas/domain/walk/apply-step.ts";

const at = (time: string) => `2026-01-05T${time}.000Z`;

test.each<[string, string | undefined, string]>([
  ["nothing stands yet: in five minutes", undefined, at("10:05:00")],
  ["what stands is too soon: in five minutes", at("10:01:59"), at("10:05:00")],
  ["what stands will just do", at("10:02:00"), at("10:02:00")],
  ["what stands will do", at("10:04:00"), at("10:04:00")],
  ["what stands is the latest", at("10:05:00"), at("10:05:00")],
  ["what stands is later: in five minutes", at("10:05:01"), at("10:05:00")],
])("%s", (_, stands, due) => expect(dueWhileWalking(stands, at("10:00:00"))).toBe(due));
