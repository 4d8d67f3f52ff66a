import { describe, expect, it } from "vitest";
import { type MonthlyUsage, monthlyCost } from "../../../shared/deployment/monthlyCost.ts";

const NOTHING: MonthlyUsage = {
  requests: 0,
  cpu_ms: 0,
  kv_reads: 0,
  kv_writes: 0,
  queue_operations: 0,
  r2_writes: 0,
  r2_reads: 0,
  r2_gb: 0,
  log_events: 0,
  rows_read: 0,
  rows_written: 0,
  database_gb: 0,
};

describe("a month's cost", () => {
  it("is the fee where nothing goes beyond what it holds", () => {
    const usage = {
      ...NOTHING,
      requests: 10e6,
      cpu_ms: 30e6,
      kv_reads: 10e6,
      kv_writes: 1e6,
      queue_operations: 1e6,
      rows_written: 10e6,
      database_gb: 5,
    };
    expect(monthlyCost(usage)).toEqual({ cloudflare: 5, turso: 0, turso_plan: "Free", total: 5 });
  });

  it.each<[keyof MonthlyUsage, number, number]>([
    ["requests", 11e6, 0.3],
    ["cpu_ms", 31e6, 0.02],
    ["kv_reads", 12e6, 1],
    ["kv_writes", 2e6, 5],
    ["queue_operations", 2e6, 0.4],
    ["r2_writes", 2e6, 4.5],
    ["r2_reads", 11e6, 0.36],
    ["r2_gb", 110, 1.5],
    ["log_events", 21e6, 0.6],
  ])("has %s of %d at its price", (name, used, dollars) => {
    expect(monthlyCost({ ...NOTHING, [name]: used }).cloudflare).toBeCloseTo(5 + dollars, 9);
  });

  it.each([
    [{ rows_written: 12e6 }, "Free", 2],
    [{ rows_written: 20e6 }, "Developer", 4.99],
    [{ rows_written: 40e6 }, "Developer", 19.99],
    [{ rows_written: 90e6 }, "Scaler", 24.92],
    [{ rows_read: 30e9 }, "Scaler", 24.92],
    [{ database_gb: 30 }, "Free", 18.75],
    [{ rows_written: 600e6 }, "Scaler", 524.92],
  ])("takes the cheapest plan of Turso for %o", (change, plan, dollars) => {
    const { turso_plan, turso } = monthlyCost({ ...NOTHING, ...change });
    expect(turso_plan).toBe(plan);
    expect(turso).toBeCloseTo(dollars, 9);
  });
});
