/** A run that began before a customer was erased is not about the customer who comes back under the same id. */
import { describe, expect, test } from "vitest";
import { matchEvent } from "../../../lambdas/app/entry/match-event.ts";
import { planRun } from "../../../lambdas/app/runs/plan-run.ts";
import type { Aim } from "../../../lambdas/domain/schedule/audience-run.ts";
import { minus, plus, type Time } from "../../../lambdas/domain/time/time.ts";
import { type Document, journey } from "../../behaviour/scenario-of.ts";
import { eventOf, good, World } from "../world.ts";
import { components, german, letter } from "./shop.ts";
import { asked, enrollmentsOf, seed, walkRun } from "./walk-run.ts";

const named: Aim = { kind: "customers", customerIds: ["c-1"] };
const everybody: Aim = { kind: "all" };
const orders: Aim = { kind: "event", name: "order", within: "P30D" };
const order = journey({ trigger: { event: "order" }, components });

/** While a run is under way, c-1 is erased. A second after the time of the erasure, c-1 comes back from France. */
async function runMeanwhile(document: Document, aim: Aim, erasedAt: (started: Time) => Time = (started) => started) {
  const world = new World();
  await world.adopt(good(document));
  seed(world, "c-1", { country: "DE" });
  await world.run("01-05 11:00");
  const ref = await asked("j", aim, world);
  await planRun(ref, "execution-1", world.ports);
  const time = erasedAt(world.clock.now());
  await matchEvent(eventOf("customer.deleted", { id: "d", time }), world.ports);
  await world.publish({ ...document, status: "paused" });
  const back = { id: "o", time: plus(time, "PT1S"), changes: { country: "FR" } };
  await matchEvent(eventOf("order", back), world.ports);
  await world.publish(document);
  const { result } = (await walkRun(ref, world)) ?? {};
  return { result, reasons: world.reasons("c-1"), enrollments: enrollmentsOf(world) };
}

describe("a customer who comes back after an erasure that is later than the start of the run", () => {
  const untouched = { result: { considered: 0, entered: 0, refused: {} }, reasons: [], enrollments: {} };

  test.each<[string, Document, Aim]>([
    ["is not let in by a list", letter(), named],
    ["gets no reason from a list that the audience would refuse", letter({ audience: german }), named],
    ["is not let in by a run of everybody", letter(), everybody],
    ["is not counted by a run of everybody that the audience would refuse", letter({ audience: german }), everybody],
  ])("%s", async (_, document, aim) => {
    expect(await runMeanwhile(document, aim)).toEqual(untouched);
  });
});

describe("a customer who comes back is considered", () => {
  const earlier = (started: Time) => minus(started, "PT1H");

  test.each<[string, Document, Aim, ((started: Time) => Time) | undefined, object]>([
    ["by a list, when the erasure was before the run", letter(), named, earlier, { considered: 1, entered: 1 }],
    [
      "by a run of everybody, when the erasure was before the run",
      letter(),
      everybody,
      earlier,
      { considered: 1, entered: 1 },
    ],
    ["with an event that is later than the erasure", order, orders, undefined, { considered: 1, entered: 1 }],
  ])("%s", async (_, document, aim, erasedAt, result) => {
    const seen = await runMeanwhile(document, aim, erasedAt);
    expect(seen.result).toMatchObject(result);
    expect(Object.keys(seen.enrollments)).toEqual(["c-1"]);
  });
});
