/** The tests that take minutes: those of the deployed stack on an emulator, and those of the console in a browser. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  // One after another: each starts an emulator of its own.
  test: { include: ["test/{deployed,browser}/**/*.test.ts"], testTimeout: 120_000, fileParallelism: false },
});
