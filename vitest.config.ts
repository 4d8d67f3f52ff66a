import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { HANG_LIMIT_MS } from "./tests/support/timeLimits.ts";

/**
 * unit: pure code and steps, whose files share their modules. node: ports against real servers, leakage, real processes. workerd: the
 * Worker inside its own runtime, against a real sqld and a real sidecar that the global setup starts.
 */
export default defineConfig({
  test: {
    // More than cores of a small machine: an end-to-end test waits for two thirds of its time, for processes to be up or for a moment to come.
    maxWorkers: 4,
    coverage: {
      provider: "istanbul",
      include: [
        "client/**/*.ts",
        "shared/**/*.ts",
        "functions/**/*.ts",
        "gpu-sidecar/**/*.ts",
        "data/sandbox/**/*.ts",
        "cron-triggers/**/*.ts",
      ],
      reporter: ["text-summary", "json-summary"],
    },
    projects: [
      {
        test: {
          name: "unit",
          include: ["tests/unit/**/*.test.ts"],
          // Most of these files take less time than their imports, which all of a worker need once. What is pure keeps nothing between them.
          isolate: false,
          setupFiles: ["tests/support/putMocksBack.ts"],
          testTimeout: HANG_LIMIT_MS,
          hookTimeout: HANG_LIMIT_MS,
        },
      },
      {
        test: {
          name: "node",
          include: ["tests/{contract,leakage,e2e,browser}/**/*.test.ts"],
          isolate: false,
          setupFiles: ["tests/support/putMocksBack.ts"],
          testTimeout: HANG_LIMIT_MS,
          hookTimeout: HANG_LIMIT_MS,
        },
      },
      {
        plugins: [
          cloudflareTest(({ inject }) => ({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: { bindings: inject<Record<string, string>>("workerBindings") },
          })),
        ],
        test: {
          name: "workerd",
          include: ["tests/integration/**/*.test.ts"],
          globalSetup: ["tests/support/stack/workerdSetup.ts"],
          testTimeout: HANG_LIMIT_MS,
          hookTimeout: HANG_LIMIT_MS,
        },
      },
    ],
  },
});
