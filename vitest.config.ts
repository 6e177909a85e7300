import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Many tests wait for a browser, a compiler or a command: a worker for each core, where one is left out by default.
    // Four are enough, and fit into the memory of a small machine.
    maxWorkers: Math.min(availableParallelism(), 4),
    // Only against tests that hang. What must be fast is counted in CPU time, and compared in bench/.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    coverage: { include: ["src/**", "routes/**"] },
  },
});
