/** The tests that judge the interpreter, for mutation testing: the quick ones, run again for each mutant. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/{behaviour,domain}/**/*.test.ts", "test/properties/conditions.test.ts"],
    exclude: ["test/behaviour/split.test.ts"],
    testTimeout: 60_000,
  },
});
