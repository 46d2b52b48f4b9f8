/**
 * Measures an event with many live journeys, three of which listen to it, and a change of a customer, where three
 * journeys read the changed field. It runs the functions' own code over ports in memory.
 */
import { Meter } from "../insight/cost/meter.ts";
import { total } from "../insight/cost/usage.ts";
import { matchEvent } from "../lambdas/app/entry/match-event.ts";
import { evaluateChange } from "../lambdas/app/exits/evaluate-change.ts";
import { unknownCustomer } from "../lambdas/domain/customer/customer.ts";
import type { Journey } from "../lambdas/domain/journey/journey.ts";
import { MemoryJourneys } from "../simulator/memory-journeys.ts";
import { portsIn } from "./memory-ports.ts";
import { number, type Table } from "./print/table.ts";

type Doing = (n: number) => Promise<unknown>;

const LISTENING = 3;
const TURNS = 5;
const AT = "2026-01-05T09:00:00.000Z";

/** Half of the journeys listen to events, half to changes. Three of each half match. */
async function journeysOf(live: number): Promise<MemoryJourneys> {
  const journeys = new MemoryJourneys();
  for (let n = 0; n < live; n++) {
    const [pair, byEvent] = [Math.floor(n / 2), n % 2 === 0];
    const name = pair < LISTENING ? "heard" : `other-${pair}`;
    const journey = {
      id: `j-${n}`,
      name: `j-${n}`,
      status: "active",
      // No customer enters, so that the bench measures finding and evaluating, not enrolling.
      trigger: byEvent
        ? { event: name, audience: { field: "customer.vip", operator: "equals", value: true } }
        : { where: { field: `customer.${name}`, operator: "equals", value: "never" } },
      start: "tag",
      components: { tag: { type: "addTag", tags: ["in"] } },
    } as unknown as Journey;
    await journeys.freeze(journey, 1);
    await journeys.publish(
      journey.id,
      { version: 1, journey },
      { state: "published", version: 1, at: AT, problems: [] },
    );
  }
  return journeys;
}

/** One stack with the given number of live journeys, and the calls that are timed on it. */
async function stackOf(live: number) {
  const journeys = await journeysOf(live);
  const meter = new Meter();
  const { ports } = portsIn(journeys, meter.ports.bind(meter));
  const event = (name: string) => (n: number) => {
    const more = { deliveryId: `d-${n}`, customerId: `c-${n}`, data: { total: 5 } };
    return matchEvent({ id: `${name}-${n}`, name, time: AT, system: false, hops: 0, ...more }, ports);
  };
  const customer = (n: number) => ({ ...unknownCustomer(`c-${n}`), revision: 1 });
  const change = (n: number) => {
    const after = { ...customer(n), revision: 2, attributes: { heard: "x", city: "Bonn" } };
    return evaluateChange({ kind: "customer", before: customer(n), after }, ports);
  };
  const requests = async (run: (n: number) => Promise<unknown>) => {
    const before = total(meter.usage()).apis;
    await meter.call("trigger-matcher", () => run(-1));
    const after = Object.entries(total(meter.usage()).apis);
    return after.flatMap(([api, n]) => (n > (before[api] ?? 0) ? [`${n - (before[api] ?? 0)} ${api}`] : [])).join(", ");
  };
  return { live, doings: [event("heard"), event("unheard"), change] as const, requests };
}

export async function matching(rounds = 2000): Promise<Table> {
  const stacks = await Promise.all([2 * LISTENING, 10, 100, 1_000, 10_000].map(stackOf));
  const best = stacks.map(({ doings }) => doings.map(() => Number.POSITIVE_INFINITY));
  // The stacks alternate and the best time of each counts, which leaves out other work on this machine.
  for (let turn = 0; turn < TURNS; turn++)
    for (const [which, { doings }] of stacks.entries())
      for (const [what, doing] of doings.entries()) {
        const start = performance.now();
        for (let n = 0; n < rounds; n++) await doing(turn * rounds + n);
        const times = best[which] as number[];
        times[what] = Math.min(times[what] as number, ((performance.now() - start) * 1000) / rounds);
      }
  const rows = await Promise.all(
    stacks.map(async ({ live, doings: [heard, unheard], requests }, which) => {
      const times = (best[which] as number[]).flatMap((time, what) => [
        time.toFixed(1),
        `${(time / (best[0]?.[what] as number)).toFixed(1)}×`,
      ]);
      return [number(live), ...times, await requests(heard as Doing), await requests(unheard as Doing)];
    }),
  );
  return {
    title: "An event that three journeys listen to, one that none does, and a change that three read, with many live",
    columns: [
      "live journeys",
      ...["heard", "unheard", "change"].flatMap((what) => [`µs ${what}`, "to 6 live"]),
      "requests heard",
      "unheard",
    ],
    rows,
  };
}
