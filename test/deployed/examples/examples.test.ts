/**
 * Plays every example's scenario on the deployed stack at its own times. The decisions must be the simulator's. Then the
 * command line captures one passage of each kind, and replays the stored past against the same documents: nothing differs.
 */
import { globSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadScenario } from "../../../cli/files/load-scenario.ts";
import { processIo } from "../../../cli/process-io.ts";
import { deployedOutcome, renamed, simulatedOutcome } from "../../../local/outcome.ts";
import { play } from "../../../local/play.ts";
import { textSetting } from "../../../local/texts.ts";
import { whatsappSetting } from "../../../local/whatsapp.ts";
import { type Running, running } from "../running.ts";
import { captureEach } from "./captured.ts";
import { isArchived, replayThroughItself, storedNumbers } from "./replayed.ts";

const io = processIo();
const folders = globSync("examples/*/scenario.json")
  .map((path) => path.split(/[\\/]/)[1] as string)
  .sort();

let run: Running;
let files: string;
beforeAll(async () => {
  files = mkdtempSync(join(tmpdir(), "journeys-examples-"));
  run = await running({ scaled: false, context: { sms: textSetting({ inbound: true }), whatsapp: whatsappSetting() } });
}, 180_000);
afterAll(async () => {
  rmSync(files, { recursive: true, force: true });
  await run?.stop();
}, 60_000);

describe("the deployed stack decides as the simulator does, and its past can be captured and replayed", () => {
  test.each(folders)("%s", { timeout: 300_000 }, async (example) => {
    const loaded = loadScenario(`examples/${example}/scenario.json`, io);
    if ("problems" in loaded) throw new Error(JSON.stringify(loaded.problems));
    const scenario = renamed(loaded.scenario, example);
    const { stack, engine } = run;
    const folder = () => mkdtempSync(join(files, example));
    // All of these only read the stack, whose clock is held.
    const [outcome, captures, replay, stored] = await play(scenario, stack, engine, () =>
      Promise.all([
        deployedOutcome(scenario, stack, engine),
        captureEach(scenario, run, folder()),
        isArchived(scenario) ? replayThroughItself(scenario, run, folder()) : undefined,
        storedNumbers(scenario, run),
      ]),
    );
    expect(outcome).toEqual(await simulatedOutcome(scenario));
    expect(captures.captured).not.toEqual([]);
    expect(captures.wrong).toEqual([]);
    if (replay) expect(replay).toEqual({ changed: 0, journeys: stored });
  });
});
