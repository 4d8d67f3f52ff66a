import { describe, expect, it } from "vitest";
import type { Invocation } from "../../bench/limits/invocations.ts";
import { monthlyUsage } from "../../bench/limits/monthlyUsage.ts";

const NOTHING = { libsql: 0, sidecar: 0, fetch: 0, kv_reads: 0, kv_writes: 0, r2_reads: 0, r2_writes: 0, queue: 0 };
const event = (label: string, run_id: string | null, asked: Partial<Invocation["asked"]> = {}, rows_read = 0): Invocation => ({
  ...{ label, run_id, started: 0, ended: 1, rows_read, rows_written: 2 * rows_read },
  asked: { ...NOTHING, ...asked },
});

describe("a month of what was counted", () => {
  const invocations = [
    event("market_feature_pipeline/a", "manual__bootstrap__1", { kv_writes: 50 }, 1_000),
    event("market_feature_pipeline/a", "manual__1", { kv_writes: 1, queue: 2 }, 10),
    event("market_feature_pipeline/b", "manual__1", { kv_reads: 3 }, 5),
    event("market_feature_pipeline/a", "scheduled__1"),
    event("cron * * * * *", null, {}, 1),
    event("cron * * * * *", null, {}, 3),
    event("GET /health", null, { kv_reads: 9 }),
  ];
  const of = (instruments: number, history: number) =>
    monthlyUsage({ invocations, cpuOf: () => 2, database_bytes: 1e9, lake_bytes: 2e9 }, { instruments, history });

  it("has the largest run of each pipeline but the bootstrap's as often as it is due, and the sweeps", () => {
    expect(of(1, 1)).toEqual({
      requests: 720 * 2 + 43_200,
      cpu_ms: 2 * (720 * 2 + 43_200),
      kv_reads: 720 * 3,
      kv_writes: 720,
      queue_operations: 3 * 720 * 2,
      r2_writes: 0,
      r2_reads: 0,
      r2_gb: 2,
      log_events: 720 * 2 + 43_200,
      rows_read: 720 * 15 + 43_200 * 2,
      rows_written: 2 * (720 * 15 + 43_200 * 2),
      database_gb: 1,
    });
  });

  it("grows with the instruments, but for the sweeps, and what is stored with the history, too", () => {
    expect(of(10, 2)).toMatchObject({ requests: 7_200 * 2 + 43_200, kv_writes: 7_200, r2_gb: 40, database_gb: 20 });
  });
});
