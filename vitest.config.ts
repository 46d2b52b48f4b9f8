/**
 * Most test files are pure: they change nothing that another file can see. The pure files share one copy of every module
 * in each worker thread, which halves the time of `npm test`. A file in any other folder may change the environment: see
 * test/fresh-file.ts.
 */
import { setFlagsFromString } from "node:v8";
import { defineConfig } from "vitest/config";

// Tests make much short-lived garbage. With more room for it, V8 collects it less often.
setFlagsFromString("--max-semi-space-size=64");

/** `test/isolation.test.ts` checks that no file in these folders changes the environment, a global or a module. */
export const pureFolders = [
  "app",
  "behaviour",
  "cli",
  "commands",
  "cost",
  "domain",
  "faults",
  "fuzz",
  "insight",
  "lib",
  "limits",
  "proof",
  "properties",
  "security",
  "simulator",
  "statemachines",
] as const;

const pure = `test/{${pureFolders.join(",")}}/**/*.test.ts`;

export default defineConfig({
  test: {
    // Vitest leaves a core free, which on two cores would leave one to the tests.
    maxWorkers: "100%",
    testTimeout: 60_000,
    hookTimeout: 60_000,
    tags: [
      { name: "crowd", description: "Its customers are a crowd: see test/crowd.ts." },
      { name: "sampled", description: "npm test does a part of it: see test/sample.ts." },
    ],
    // Synthesizing validates the template, which takes seconds. test/lib/app.test.ts does it once, in its own process.
    env: { CDK_VALIDATION: "false" },
    projects: [
      {
        extends: true,
        test: { name: "pure", include: [pure], pool: "threads", isolate: false, setupFiles: "test/seed.ts" },
      },
      {
        extends: true,
        test: {
          name: "fresh",
          isolate: false,
          setupFiles: "test/fresh-file.ts",
          include: ["test/**/*.test.ts"],
          exclude: [pure, "test/deployed/**", "test/browser/**"],
        },
      },
    ],
    coverage: {
      provider: "v8",
      include: ["lambdas/domain/**"],
      thresholds: { branches: 95 },
    },
  },
});
