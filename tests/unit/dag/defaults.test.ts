import { describe, expect, it } from "vitest";
import { defineDag, defineTask } from "../../../shared/dag/defineDag.ts";
import { LEASE } from "../../../shared/dag/lease.ts";

describe("what is not said", () => {
  it("of a task is that it is tried again, and must not fail", () => {
    expect(defineTask({ task_id: "t" })).toEqual({
      task_id: "t",
      upstream: [],
      trigger_rule: "all_success",
      map_over: null,
      retries: 3,
      retry_delay_ms: 10_000,
      max_retry_delay_ms: 3_600_000,
      timeout_ms: 300_000,
      skip_when: [],
      pool: null,
      sensor: null,
      may_fail: false,
      block_ms: null,
    });
  });

  it("of a DAG is that it does not catch up, one run at a time, on the clock of UTC", () => {
    const dag = { dag_id: "d", description: "it does", schedule: { cron: "0 * * * *" }, tasks: [] };
    expect(defineDag(dag)).toMatchObject({
      catchup: false,
      max_active_runs: 1,
      deadline: null,
      schedule: { cron: "0 * * * *", time_zone: "UTC", trigger_cron: "0 * * * *" },
    });
    expect(defineDag({ ...dag, schedule: null }).schedule).toBeNull();
  });

  it("a lease lasts for four heartbeats of five seconds", () => {
    expect(LEASE).toEqual({ lease_ms: 20_000, heartbeat_ms: 5_000, max_takeovers: 5 });
  });
});
