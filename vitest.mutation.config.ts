/**
 * The tests that mutants are tried against: every test that runs the code in its own process and in a short time. A new
 * folder of tests counts by itself. The folders left out start the emulator, read the code as text, build the stack or
 * repeat what other tests check with random input.
 */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: [
      "test/{deployed,local,lib,statemachines,faults,fuzz,limits,insight/cost}/**",
      "test/*.test.ts",
      "test/app/{crash-anywhere,crash-messages}.test.ts",
      "test/cli/{program,start,draw-layout}.test.ts",
      "test/properties/{crashes,living,advance}.test.ts",
    ],
    tags: [{ name: "crowd" }, { name: "sampled" }],
    testTimeout: 60_000,
  },
});
