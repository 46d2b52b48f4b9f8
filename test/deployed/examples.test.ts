/** Plays every example's scenario on the deployed stack at its own times. The decisions must be the simulator's. */
import { globSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadScenario } from "../../cli/files/load-scenario.ts";
import { processIo } from "../../cli/process-io.ts";
import { deployedOutcome, renamed, simulatedOutcome } from "../../local/outcome.ts";
import { play } from "../../local/play.ts";
import { textSetting } from "../../local/texts.ts";
import { type Running, running } from "./running.ts";

const io = processIo();
const folders = globSync("examples/*/scenario.json")
  .map((path) => path.split(/[\\/]/)[1] as string)
  .sort();

let run: Running;
beforeAll(async () => {
  run = await running({ scaled: false, context: { sms: textSetting() } });
}, 180_000);
afterAll(() => run?.stop(), 60_000);

describe("the deployed stack decides as the simulator does", () => {
  test.each(folders)("%s", { timeout: 300_000 }, async (folder) => {
    const loaded = loadScenario(`examples/${folder}/scenario.json`, io);
    if ("problems" in loaded) throw new Error(JSON.stringify(loaded.problems));
    const scenario = renamed(loaded.scenario, folder);
    const { stack, engine } = run;
    const outcome = await play(scenario, stack, engine, () => deployedOutcome(scenario, stack, engine));
    expect(outcome).toEqual(await simulatedOutcome(scenario));
  });
});
