/** Measures a stop with very many customers inside, on the emulator. It shares the cores with the functions. */

import { deploy } from "../../local/deploy.ts";
import { startEngine } from "../../local/engine.ts";
import { allowSender, mails } from "../../local/mailbox.ts";
import { DeployedStack } from "../../stack/deployed/stack.ts";
import { number, type Table } from "../print/table.ts";
import { fill, goOn, inside, stop, untilEmpty } from "./stop.ts";

const PEOPLE = 10_000;
const EXECUTIONS = 40;

export async function stopping(): Promise<Table> {
  const engine = await startEngine();
  try {
    const context = { removalPolicy: "destroy", from: "Shop <hello@shop.example>" };
    const stack = new DeployedStack(await deploy(engine, { context }), engine.client);
    await allowSender(engine, "shop.example");
    const crowd = { engine, stack, people: PEOPLE, executions: EXECUTIONS };
    const rows: string[][] = [];
    const timed = async (what: string, run: () => Promise<unknown>) => {
      const start = performance.now();
      await run();
      const seconds = (performance.now() - start) / 1000;
      rows.push([what, number(await inside(crowd)), number((await mails(engine)).length), seconds.toFixed(1)]);
    };
    await timed("they enter and wait", () => fill(crowd));
    await timed("the stop is saved, and six seconds pass", () => stop(crowd));
    await timed(`${EXECUTIONS} are told to go on to their mail`, () => goOn(crowd));
    await timed("everybody has exited", () => untilEmpty(crowd));
    return {
      title: `A stop with ${number(PEOPLE)} customers inside, on the emulator`,
      columns: ["what", "inside afterwards", "mails", "seconds"],
      rows,
    };
  } finally {
    await engine.stop();
  }
}
