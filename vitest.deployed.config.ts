/** The tests that take minutes: those of the deployed stack on an emulator, and those of the console in a browser. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/{deployed,browser}/**/*.test.ts"],
    globalSetup: "test/deployed/stacks/assemblies-folder.ts",
    testTimeout: 120_000,
    // One after another: each starts an emulator of its own.
    fileParallelism: false,
  },
});
