/**
 * The page that lists the journeys, on a deployed stack on the emulator: the time of its question, with counters of 100
 * journeys in all of their shards. The emulator answers more slowly than AWS, and shares the cores with this process.
 */
import { Mails } from "../console/place/mails.ts";
import { serve } from "../console/server/serve.ts";
import { deploy } from "../local/deploy.ts";
import { startEngine } from "../local/engine.ts";
import { DeployedStack } from "../stack/deployed/stack.ts";
import { number, type Table } from "./print/table.ts";

const JOURNEYS = 100;
const SHARDS = 16;
const TIMES = 10;

export async function counting(): Promise<Table> {
  const engine = await startEngine();
  try {
    const stack = new DeployedStack(
      await deploy(engine, { context: { removalPolicy: "destroy", from: "Shop <hello@shop.example>" } }),
      engine.client,
    );
    for (let n = 0; n < JOURNEYS; n++) await fill(stack, `journey-${n}`);
    const times = await asked(stack);
    times.sort((a, b) => a - b);
    return {
      title: `The counts of ${JOURNEYS} journeys in the console, on the emulator`,
      columns: ["times asked", "median ms", "slowest ms"],
      rows: [[String(TIMES), number(times[TIMES >> 1] ?? 0), number(times.at(-1) ?? 0)]],
    };
  } finally {
    await engine.stop();
  }
}

/** A saved journey, and its counters: no customer needs to enter for them. */
async function fill(stack: DeployedStack, id: string): Promise<void> {
  await stack.put("JourneysTableName", {
    id,
    version: "current",
    name: id,
    status: "active",
    trigger: { event: "joined" },
    goals: [{ id: "sale", event: "order.placed" }],
    start: "greet",
    components: { greet: { type: "wait", for: "P1D" } },
  });
  for (let shard = 0; shard < SHARDS; shard++)
    for (const [scope, counts] of [
      ["journey", { entered: 60, active: 20, completed: 40, "goal.sale": 12 }],
      ["component.greet", { entered: 60, "left.done": 40 }],
    ] as const)
      await stack.put("CountersTableName", { journey: `${id}#${shard}`, scope, ...counts });
}

/** Asks as the page does, in milliseconds. */
async function asked(stack: DeployedStack): Promise<number[]> {
  const place = { name: "Shop", write: false, stack, playground: undefined, mails: new Mails() };
  const console = await serve({ place, files: new Map() });
  try {
    const entered = await fetch(console.address, { redirect: "manual" });
    const headers = { cookie: String(entered.headers.get("set-cookie")).split(";")[0] ?? "" };
    const { origin } = new URL(console.address);
    const times: number[] = [];
    for (let time = 0; time < TIMES; time++) {
      const start = performance.now();
      const answer = await fetch(`${origin}/api/journeys`, { headers });
      const { journeys } = (await answer.json()) as { journeys: readonly { readonly entered: number }[] };
      times.push(performance.now() - start);
      if (journeys.length !== JOURNEYS || journeys.some(({ entered }) => entered !== 60 * SHARDS))
        throw new Error("The counts are wrong.");
    }
    return times;
  } finally {
    await console.close();
  }
}
