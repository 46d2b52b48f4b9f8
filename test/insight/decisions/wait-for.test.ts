/**
 * The commands say about a `waitFor` the decision that the engine made, for events of one moment in every order of
 * delivery.
 */
import { expect, test } from "vitest";
import { decisionsOf } from "../../../insight/decisions/decisions.ts";
import type { Enrollment } from "../../../lambdas/domain/enrollment/enrollment.ts";
import type { Journey } from "../../../lambdas/domain/journey/journey.ts";
import { type Document, event, journey, on, start, tell } from "../../behaviour/scenario-of.ts";

const listen = (name: string, next?: string) => ({
  type: "waitFor",
  branches: [{ id: name, event: name, where: { field: "event.n", operator: "exists" }, ...(next && { next }) }],
  within: "P3D",
});

/** Each waitFor as "component: outcome", with the evidence of its decision. */
async function decided(first: string, second: string, events: readonly Document[]): Promise<unknown[]> {
  const document = journey({ components: { first: listen(first, "second"), second: listen(second) } });
  const { store } = await tell({ journeys: [document], events: [start("01-05 09:00"), ...events] });
  const [stored] = [...store.all()];
  const [enrollment] = [...(stored?.enrollments.values() ?? [])] as Enrollment[];
  if (!stored || !enrollment) throw new Error("The customer did not enter.");
  const record = {
    customerId: "c-1",
    profile: stored.customer,
    enrollments: [enrollment],
    entries: [],
    events: [...stored.events.values()].toSorted((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0)),
    reasons: [],
  };
  const decisions = decisionsOf(enrollment, document as unknown as Journey, record, "");
  return enrollment.steps.map(({ componentId, outcome, metAt }, index) => [
    `${componentId}: ${outcome} at ${metAt}`,
    decisions[index]?.contradicted ?? decisions[index]?.saw.map(({ value }) => value),
  ]);
}

test("an event that stands for its whole second meets a wait that counts from within that second", async () => {
  const events = [
    event("01-05 10:00:00", "paid", { time: on("01-05 10:00:00.250"), data: { n: 1 } }),
    event("01-05 10:00:00", "packed", { data: { n: 2 } }),
  ];
  for (const delivered of [events, events.toReversed()])
    expect(await decided("paid", "packed", delivered)).toEqual([
      [`first: paid at ${on("01-05 10:00:00.250")}`, [on("01-05 10:00:00.250"), 1]],
      [`second: packed at ${on("01-05 10:00:00")}`, [on("01-05 10:00:00"), 2]],
    ]);
});

test("of two events of one moment, the second wait shows the one that has not ended the first", async () => {
  const time = on("01-05 10:00");
  const paid = [1, 2].map((n) => event("01-05 10:00", "paid", { id: `p${n}`, time, data: { n } }));
  for (const delivered of [paid, paid.toReversed()]) {
    const [first, second] = (await decided("paid", "paid", delivered)) as [string, unknown[]][];
    const shown = [first?.[1][1], second?.[1][1]];
    expect([first?.[0], second?.[0], shown.toSorted()]).toEqual([
      `first: paid at ${time}`,
      `second: paid at ${time}`,
      [1, 2],
    ]);
  }
});
