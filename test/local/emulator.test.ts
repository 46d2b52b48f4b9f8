/**
 * The changes that local/patches make in the emulator, on one engine with one small stack. The tests run only where
 * `npm run emulator` has installed it.
 */
import { afterAll, beforeAll, describe } from "vitest";
import { startEngine } from "../../local/engine.ts";
import { isInstalled } from "../../local/launch.ts";
import { describeCaches } from "./caches.ts";
import { describeExecutions } from "./executions.ts";
import { describeMessages } from "./messages.ts";
import { describeRoles } from "./roles.ts";
import { deployed, type Emulator } from "./stack.ts";

describe.skipIf(!isInstalled())("in the emulator", () => {
  let emulator: Emulator;

  beforeAll(async () => {
    const engine = await startEngine();
    emulator = { engine, outputs: await deployed(engine) };
  }, 60_000);
  afterAll(() => emulator?.engine.stop());

  describeRoles(() => emulator);
  describeMessages(() => emulator);
  describeExecutions(() => emulator);
  describeCaches(() => emulator);
});
