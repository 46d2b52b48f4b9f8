/**
 * What an event costs with many live journeys, of which three listen for it; and a change of a customer, where three
 * read the field that changed. The functions' own code, over ports in memory.
 */
import { Meter } from "../cost/meter.ts";
import { total } from "../cost/usage.ts";
import { evaluateChange } from "../lambdas/app/evaluate-change.ts";
import { matchEvent } from "../lambdas/app/match-event.ts";
import { unknownCustomer } from "../lambdas/domain/customer.ts";
import type { CustomerEvent } from "../lambdas/domain/event.ts";
import type { Journey } from "../lambdas/domain/journey.ts";
import { MemoryJourneys } from "../simulator/memory-journeys.ts";
import { portsIn } from "./memory-ports.ts";
import { number, type Table } from "./table.ts";

const LISTENING = 3;
const TURNS = 5;
const AT = "2026-01-05T09:00:00.000Z";

/** Half of the journeys wait for events, half for changes; three of each kind are meant. */
async function journeysOf(live: number): Promise<MemoryJourneys> {
  const journeys = new MemoryJourneys();
  for (let n = 0; n < live; n++) {
    const [pair, byEvent] = [Math.floor(n / 2), n % 2 === 0];
    const name = pair < LISTENING ? "heard" : `other-${pair}`;
    const journey = {
      id: `j-${n}`,
      name: `j-${n}`,
      status: "active",
      // Nobody is let in, so that what is measured is finding and judging, not enrolling.
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

async function measured(live: number, rounds: number): Promise<{ event: number; change: number; requests: string }> {
  const journeys = await journeysOf(live);
  const meter = new Meter();
  const { ports } = portsIn(journeys, meter.ports.bind(meter));
  const event = (n: number): CustomerEvent => ({
    id: `e-${n}`,
    deliveryId: `d-${n}`,
    system: false,
    name: "heard",
    customerId: `c-${n}`,
    time: AT,
    data: { total: 5 },
    hops: 0,
  });
  const customer = (n: number) => ({ ...unknownCustomer(`c-${n}`), revision: 1 });
  /** The best of five turns: what else this machine does is no cost of ours. */
  const timed = async (run: (n: number) => Promise<unknown>) => {
    const turns: number[] = [];
    for (let turn = 0; turn < TURNS; turn++) {
      const start = performance.now();
      for (let n = 0; n < rounds; n++) await run(turn * rounds + n);
      turns.push(performance.now() - start);
    }
    return (Math.min(...turns) * 1000) / rounds;
  };
  const byEvent = await timed((n) => meter.call("trigger-matcher", () => matchEvent(event(n), ports)));
  const { apis } = total(meter.usage());
  const calls = rounds * TURNS;
  const requests = Object.entries(apis).map(([api, n]) => `${number(n / calls)} ${api}`);
  const byChange = await timed((n) =>
    evaluateChange(
      {
        kind: "customer",
        before: customer(n),
        after: { ...customer(n), revision: 2, attributes: { heard: "x", city: "Bonn" } },
      },
      ports,
    ),
  );
  return { event: byEvent, change: byChange, requests: requests.join(", ") };
}

export async function matching(rounds = 2000): Promise<Table> {
  const rows: string[][] = [];
  await measured(6, rounds);
  const base = await measured(2 * LISTENING, rounds);
  for (const live of [2 * LISTENING, 10, 100, 1_000, 10_000]) {
    const { event, change, requests } = await measured(live, rounds);
    const ratios = [event / base.event, change / base.change].map((ratio) => `${ratio.toFixed(1)}×`);
    rows.push([number(live), event.toFixed(1), ratios[0] as string, change.toFixed(1), ratios[1] as string, requests]);
  }
  return {
    title: "An event, and a change of a customer, with many live journeys; three listen to either",
    columns: ["live journeys", "µs an event", "to 6 live", "µs a change", "to 6 live", "requests an event"],
    rows,
  };
}
