/** The turns of mails at a mail rate. */
import { expect, test } from "vitest";
import { turnAt } from "../../../lambdas/domain/messages/send-rate.ts";

test.each([
  ["nobody before", 1000, 0, 2, { at: 1000, nextFree: 1500 }],
  ["somebody long ago", 1000, 900, 2, { at: 1000, nextFree: 1500 }],
  ["a queue", 1000, 4000, 2, { at: 4000, nextFree: 4500 }],
  ["less than one a second", 1000, 0, 0.5, { at: 1000, nextFree: 3000 }],
])("%s", (_, now, nextFree, perSecond, turn) => expect(turnAt(now, nextFree, perSecond)).toEqual(turn));
