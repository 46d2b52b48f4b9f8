/** When the reconciler may check a walking customer. */
import { expect, test } from "vitest";
import { dueWhileWalking } from "../../../lambdas/domain/walk/apply-step.ts";

const at = (time: string) => `2026-01-05T${time}.000Z`;

test.each<[string, string | undefined, string]>([
  ["no stored time: in five minutes", undefined, at("10:05:00")],
  ["the stored time is too soon: in five minutes", at("10:01:59"), at("10:05:00")],
  ["the stored time is just late enough: it stays", at("10:02:00"), at("10:02:00")],
  ["the stored time is late enough: it stays", at("10:04:00"), at("10:04:00")],
  ["the stored time is five minutes away: it stays", at("10:05:00"), at("10:05:00")],
  ["the stored time is further away: in five minutes", at("10:05:01"), at("10:05:00")],
])("%s", (_, stands, due) => expect(dueWhileWalking(stands, at("10:00:00"))).toBe(due));
