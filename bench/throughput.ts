/**
 * Measures the functions' own code on one core over ports in memory: the time for a queue message and a stream record
 * without AWS's time to answer, and the memory of a cached journey.
 */
import { readFileSync } from "node:fs";
import { marshall } from "@aws-sdk/util-dynamodb";
import { enrollmentItem, eventItem, type Item } from "../lambdas/adapters/dynamodb/customer-items.ts";
import { imagesOf, storedChange } from "../lambdas/adapters/dynamodb/stream-records.ts";
import { evaluateChange, type StoredChange } from "../lambdas/app/exits/evaluate-change.ts";
import { receiveEvent } from "../lambdas/app/receive/receive-event.ts";
import { catalogOf, type LiveJourney } from "../lambdas/domain/journey/catalog.ts";
import type { Journey } from "../lambdas/domain/journey/journey.ts";
import { MemoryJourneys } from "../simulator/memory-journeys.ts";
import { portsIn } from "./memory-ports.ts";
import { number, type Table } from "./print/table.ts";
import { journey as reference } from "./reference/workload.ts";

const AT = "2026-01-05T09:00:00.000Z";
const example = new URL("../examples/abandoned-cart/journey.json", import.meta.url);

export async function throughput(records = 10_000): Promise<Table> {
  const journeys = new MemoryJourneys();
  for (const journey of [reference as unknown as Journey, JSON.parse(readFileSync(example, "utf8")) as Journey]) {
    await journeys.freeze(journey, 1);
    await journeys.publish(
      journey.id,
      { version: 1, journey },
      { state: "published", version: 1, at: AT, problems: [] },
    );
  }
  const delivery = (name: string, n: number, more: object = {}) =>
    JSON.stringify({
      id: `delivery-${n}`,
      source: "shop",
      "detail-type": name,
      time: "2026-01-05T09:00:00Z",
      detail: {
        id: `${name}-${n}`,
        customerId: `c-${n}`,
        data: { total: 59, cartId: `k-${n}` },
        ...more,
      },
    });
  const rows: string[][] = [];
  const pace = async (what: string, run: (n: number) => Promise<unknown>) => {
    const seconds: number[] = [];
    for (let turn = 0; turn < 3; turn++) {
      const start = performance.now();
      for (let n = 0; n < records; n++) await run(turn * records + n);
      seconds.push((performance.now() - start) / 1000);
    }
    rows.push([what, number(records / Math.min(...seconds)), ((Math.min(...seconds) * 1e6) / records).toFixed(0)]);
  };

  const { ports, stream } = portsIn(journeys, undefined, true);
  const matcher = { ...ports, inbox: { requeue: async () => {} }, deadLetters: { put: async () => {} } };
  const receive = (name: string, more?: object) => (n: number) => receiveEvent(delivery(name, n, more), {}, matcher);
  await pace("trigger-matcher: an event nobody listens to", receive("page.viewed"));
  await pace(
    "trigger-matcher: an event that lets somebody in",
    receive("checkout.started", { customer: { country: "DE" } }),
  );
  const raw = stream.slice(-2 * records).map(recordOf);
  await pace("exit-evaluator: a record of the stream", async (n) => {
    const change = storedChange(imagesOf(raw[n % raw.length] as never));
    if (change) await evaluateChange(change, ports);
  });
  return {
    title: "The functions' own code, on one core",
    columns: ["function", "a second", "µs each"],
    rows: [...rows, ["a cached journey (abandoned-cart)", "", `${number(bytesPerJourney())} bytes`]],
  };
}

function recordOf(change: StoredChange) {
  const image = (item: Item) => marshall(item, { removeUndefinedValues: true });
  if (change.kind === "event") return { dynamodb: { NewImage: image(eventItem(change.event, AT, 400)) } };
  const item = (state: unknown) =>
    image(change.kind === "enrollment" ? enrollmentItem(state as never) : { ...(state as Item), sk: "profile" });
  return { dynamodb: { NewImage: item(change.after), ...(change.before && { OldImage: item(change.before) }) } };
}

function bytesPerJourney(copies = 2_000): number {
  const text = readFileSync(example, "utf8");
  const kept: LiveJourney[] = [];
  const gc = (globalThis as { gc?: () => void }).gc ?? (() => {});
  gc();
  const before = process.memoryUsage().heapUsed;
  for (let n = 0; n < copies; n++) {
    const journey: Journey = { ...JSON.parse(text), id: `j-${n}` };
    kept.push({ version: 1, journey });
  }
  const catalog = catalogOf(kept);
  gc();
  const after = process.memoryUsage().heapUsed;
  if (catalog.triggeredBy("checkout.started").length !== copies) throw new Error("They do not all listen.");
  return (after - before) / copies;
}
