import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    coverage: {
      provider: "v8",
      include: ["lambdas/domain/**"],
      thresholds: { branches: 95 },
    },
  },
});
