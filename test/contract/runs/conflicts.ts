/**
 * A write of a run may meet the transaction in which the run begins, of which its condition is not judged. Such a write is
 * repeated: a person's cancellation must not be lost.
 */
import { expect, test } from "vitest";
import { ConflictError } from "../../../lambdas/app/errors.ts";
import { LATER } from "../../domain/enrolled.ts";
import { dynamodbWorld } from "../world/ports.ts";
import { whileFailing } from "../world/wire.ts";
import { asked, begun, progress } from "./given-runs.ts";

const { result, waiting: undecided } = progress;

export function describeRunConflicts(): void {
  test.each([
    ["cancelled", "UpdateItem", asked, { ...asked, cancelledAt: LATER }],
    ["ended", "UpdateItem", begun, { ...begun, state: "ended", endedAt: LATER, result, undecided }],
    ["noted", "PutItem", undefined, asked],
    ["skipped", "UpdateItem", asked, { ...asked, state: "skipped", skippedFor: "j-9" }],
  ] as const)("a run is %s although the write meets a transaction first", async (what, met, stored, expected) => {
    const { runs } = await dynamodbWorld();
    if (stored === begun) await runs.begin(begun);
    else if (stored) await runs.note(stored);
    const calls = {
      cancelled: () => runs.cancel(asked, LATER),
      ended: () => runs.end(begun, LATER, progress),
      noted: () => runs.note(asked),
      skipped: () => runs.note({ ...asked, state: "skipped", skippedFor: "j-9" }),
    };
    let times = 0;
    await whileFailing(
      ({ api }) => (api === met && times++ < 2 ? { name: "TransactionConflictException" } : undefined),
      calls[what],
    );
    // A request for a run stores a mark too.
    expect(times).toBe(what === "noted" ? 4 : 3);
    expect(await runs.get(asked)).toEqual(expected);
  });

  test("a write that meets transactions again and again fails, so that the caller tries again later", async () => {
    const { runs } = await dynamodbWorld();
    await runs.note(asked);
    const cancel = whileFailing(
      ({ api }) => (api === "UpdateItem" ? { name: "TransactionConflictException" } : undefined),
      () => runs.cancel(asked, LATER),
    );
    await expect(cancel).rejects.toThrow(ConflictError);
  });
}
