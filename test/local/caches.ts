/** What functions have cached in the emulator becomes older when a test says so. */
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { describe, expect, it } from "vitest";
import { letFunctionsLookAgain, STALE_MILLISECONDS } from "../../local/look-again.ts";
import type { Emulator } from "./stack.ts";

export const describeCaches = (emulator: () => Emulator) =>
  describe("caches", () => {
    it.each([
      ["are not older than they are", async () => {}, 0],
      ["are too old after a test has said so", () => letFunctionsLookAgain(emulator().engine), STALE_MILLISECONDS],
      ["become older each time", () => letFunctionsLookAgain(emulator().engine), STALE_MILLISECONDS],
    ])("%s", async (_, say, older) => {
      const { engine, outputs } = emulator();
      const lambda = new LambdaClient(engine.client);
      const times = async (): Promise<[number, number, number]> => {
        const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: outputs.Timing }));
        return JSON.parse(Payload?.transformToString() ?? "");
      };
      const [start, first, started] = await times();
      await say();
      const [end, last, ended] = await times();
      // The clock of the caches was read at some moment between its neighbors. A microsecond is for rounding.
      expect(last - first - older).toBeGreaterThan(end - started - 0.001);
      expect(last - first - older).toBeLessThan(ended - start + 0.001);
    });
  });
