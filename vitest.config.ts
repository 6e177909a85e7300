import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Tests that start processes, browsers or compilers share two cores with each other.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    coverage: { include: ["src/**", "routes/**"] },
  },
});
