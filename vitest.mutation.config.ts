/** The tests that judge the interpreter, for mutation testing: those that start processes or AWS are left out. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/{app,behaviour,domain}/**/*.test.ts", "test/examples.test.ts"],
  },
});
