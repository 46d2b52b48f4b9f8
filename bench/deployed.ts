/**
 * Measures the whole stack on the emulator: how many events it handles per second, and how long one event takes until its
 * mail is sent. The emulator shares the cores with the functions, so these are not AWS's figures. They show only whether
 * the stack slows down when there is more data.
 */
import { paginateScan } from "@aws-sdk/lib-dynamodb";
import { deploy } from "../local/deploy.ts";
import { type Engine, startEngine } from "../local/engine.ts";
import { allowSender, mails } from "../local/mailbox.ts";
import { DeployedStack } from "../stack/deployed/stack.ts";
import { until } from "../stack/deployed/until.ts";
import { number, type Table } from "./print/table.ts";
import { journey, templates } from "./reference/workload.ts";

const SIZES = [100, 1_000];
const SINGLE = 20;
const PER_REQUEST = 10;
/** Longer than a function caches the journeys. */
const SECONDS = { untilKnown: 6, atMost: 600 };

interface Stack {
  readonly engine: Engine;
  readonly stack: DeployedStack;
}

export async function deployed(): Promise<Table> {
  const engine = await startEngine();
  try {
    const context = { removalPolicy: "destroy", from: "Shop <hello@shop.example>" };
    const stack = new DeployedStack(await deploy(engine, { context }), engine.client);
    await allowSender(engine, "shop.example");
    for (const template of templates) await stack.put("TemplatesTableName", template);
    await stack.save({ ...journey, exit: [{ id: "gone", event: "customer.left" }] });
    await new Promise((resolve) => setTimeout(resolve, SECONDS.untilKnown * 1000));
    await single({ engine, stack }, 3);
    const milliseconds = await single({ engine, stack }, SINGLE);
    const rows: string[][] = [];
    for (const size of SIZES) rows.push(...(await inBulk({ engine, stack }, size)));
    rows.push(["one event, until its mail is sent", String(SINGLE), "", `${number(median(milliseconds))} ms`]);
    return {
      title: "The whole stack on the emulator: published in batches of ten, until the last of them is done",
      columns: ["what", "events", "seconds", "a second"],
      rows,
    };
  } finally {
    await engine.stop();
  }
}

async function inBulk({ stack }: Stack, size: number): Promise<string[][]> {
  const rows: string[][] = [];
  const id = (n: number) => `bulk-${size}-${n}`;
  const timed = async (what: string, name: string, done: () => Promise<boolean>) => {
    const start = performance.now();
    for (let n = 0; n < size; n += PER_REQUEST) await publish(stack, name, n, Math.min(n + PER_REQUEST, size), id);
    await until(what, done, SECONDS.atMost);
    const seconds = (performance.now() - start) / 1000;
    rows.push([what, number(size), seconds.toFixed(1), (size / seconds).toFixed(1)]);
  };
  const items = await stored(stack);
  await timed("an event nobody listens to is kept", "page.viewed", async () => (await stored(stack)) >= items + size);
  const before = await stack.counts(journey.id);
  const counted = (name: string) => async () =>
    ((await stack.counts(journey.id))[name] ?? 0) >= (before[name] ?? 0) + size;
  await timed("a customer enters, and their first mail is sent", "order.placed", counted("message.send-first.sent"));
  await timed("a customer leaves by an event", "customer.left", counted("exited.gone"));
  return rows;
}

async function publish(stack: DeployedStack, name: string, from: number, to: number, id: (n: number) => string) {
  const entries = Array.from({ length: to - from }, (_, index) => {
    const customerId = id(from + index);
    const customer = name === "order.placed" && { customer: { email: `${customerId}@mail.example` } };
    const Detail = JSON.stringify({ id: `${name}-${customerId}`, customerId, data: { total: 59 }, ...customer });
    return { Source: "shop", DetailType: name, Detail };
  });
  const refused = (await stack.putEvents(entries)).find((reason) => reason !== undefined);
  if (refused !== undefined) throw new Error(`The bus refused ${name}: ${refused}`);
}

async function stored(stack: DeployedStack): Promise<number> {
  let count = 0;
  const TableName = stack.output("CustomersTableName");
  for await (const { Count = 0 } of paginateScan({ client: stack.items }, { TableName, Select: "COUNT" }))
    count += Count;
  return count;
}

/** Milliseconds from publishing an event to its mail, for events one after the other. */
async function single({ engine, stack }: Stack, times: number): Promise<number[]> {
  const milliseconds: number[] = [];
  for (let n = 0; n < times; n++) {
    const sent = (await mails(engine)).length;
    const start = performance.now();
    await publish(stack, "order.placed", n, n + 1, (n) => `single-${times}-${n}`);
    await until("the mail", async () => (await mails(engine)).length > sent);
    milliseconds.push(performance.now() - start);
  }
  return milliseconds;
}

const median = (list: readonly number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] as number;
