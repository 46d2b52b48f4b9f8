import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/deployed/**"],
    testTimeout: 60_000,
    coverage: {
      provider: "v8",
      include: ["lambdas/domain/**"],
      thresholds: { branches: 95 },
    },
  },
});
