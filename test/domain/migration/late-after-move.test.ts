/** Events that come late for waits that were over before a move: the new version judges only its own steps. */
import { expect, test } from "vitest";
import type { Enrollment, Migration } from "../../../lambdas/domain/enrollment/enrollment.ts";
import { mayBeLate } from "../../../lambdas/domain/enrollment/late-activity.ts";
import type { ActivityEvent } from "../../../lambdas/domain/enrollment/met-branch.ts";
import { recountedEvents, recountWaits } from "../../../lambdas/domain/walk/recount-waits.ts";
import { EARLIER, enrolled, journeyOf, LATER, NOW } from "../enrolled.ts";

const journey = journeyOf({
  first: { type: "waitFor", branches: [{ id: "came", event: "order", next: "second" }], within: "P1D" },
  second: { type: "waitFor", branches: [{ id: "came", event: "order" }], within: "P1D" },
});
const FIRST = "2026-01-05T10:30:00.000Z";
const late: ActivityEvent = { kind: "event", id: "e-1", name: "order", time: "2026-01-05T10:10:00.000Z", data: {} };

/** The first wait ended by an order at 10:30; then a person may have moved the customer. */
const inSecond = (migration?: Migration): Enrollment =>
  enrolled({
    trigger: { eventId: "t", deliveryId: "d", name: "start", time: EARLIER, customerRevision: 3 },
    steps: [
      { componentId: "first", type: "waitFor", at: NOW, outcome: "came", until: LATER, leftAt: FIRST, metAt: FIRST },
      { componentId: "second", type: "waitFor", at: FIRST, outcome: "waiting", until: LATER },
    ],
    position: { componentId: "second", visit: 1, since: FIRST, consumed: ["order e-2"], late: true },
    ...(migration && { migrations: [migration] }),
  });
const move: Migration = { at: LATER, from: 1, steps: 1, since: FIRST, consumed: ["order e-2"] };
const facts = { now: LATER, customer: {}, timezone: undefined };

test("without a move, an earlier order of the first wait moves the moment from which the second counts", () => {
  expect(mayBeLate(inSecond(), journey, late)).toBe(true);
  expect([...recountedEvents(inSecond(), journey)]).toEqual(["order"]);
  expect(recountWaits(inSecond(), journey, [late], facts)).toMatchObject({ since: late.time, consumed: ["order e-1"] });
});

test("after a move, the moment stays as it was at the move", () => {
  const moved = inSecond(move);
  expect(mayBeLate(moved, journey, late)).toBe(false);
  expect([...recountedEvents(moved, journey)]).toEqual([]);
  const { late: _, ...position } = moved.position;
  expect(recountWaits(moved, journey, [late], facts)).toEqual(position);
});

test("after a move, a wait of the new version is judged as always", () => {
  const moved = inSecond({ ...move, steps: 0, since: EARLIER });
  expect(mayBeLate(moved, journey, late)).toBe(true);
  expect(recountWaits(moved, journey, [late], facts)).toMatchObject({ since: late.time });
});
