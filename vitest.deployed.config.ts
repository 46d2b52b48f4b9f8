/** The tests of the deployed stack: they deploy to an emulator on this machine first. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  // One after another: each starts an emulator of its own.
  test: { include: ["test/deployed/**/*.test.ts"], testTimeout: 120_000, fileParallelism: false },
});
