import { describe, expect, it } from "vitest";
import { backfillWords, progressOf } from "../../../../../dashboards/web/src/pages/pipelines/backfillWords.ts";
import { recentRuns } from "../../../../../dashboards/web/src/pages/pipelines/recentRuns.ts";
import { ALL_SIGNS, signOfState, wordsOfCounts } from "../../../../../dashboards/web/src/pages/pipelines/stateSign.ts";
import { taskSummaries } from "../../../../../dashboards/web/src/pages/pipelines/taskSummaries.ts";
import type { DagRun, TaskInstance } from "../../../../../shared/contracts/dags.ts";

const NOW = Date.parse("2026-01-31T12:10:00Z");

describe("recentRuns", () => {
  const run = (state: DagRun["state"], end_date: string | null) => ({ dag_run_id: state, state, end_date }) as DagRun;

  it("counts what has ended, and tells the last success by when it ended", () => {
    const found = recentRuns([
      run("running", null),
      run("failed", "2026-01-31T12:00:00Z"),
      run("success", "2026-01-31T10:00:00Z"),
      run("success", "2026-01-31T11:30:00Z"),
    ]);
    expect(found).toMatchObject({ active: 1, ended: 3, succeeded: 2, last_success_at: "2026-01-31T11:30:00Z", last: { state: "running" } });
  });

  it("knows nothing of what has not run", () => {
    expect(recentRuns([])).toEqual({ last: null, last_success_at: null, active: 0, ended: 0, succeeded: 0 });
  });
});

describe("taskSummaries", () => {
  const instance = (task_id: string, map_key: string, state: TaskInstance["state"], start: string | null, end: string | null) =>
    ({ task_id, map_key, state, try_number: state === "failed" ? 3 : 1, start_date: start, end_date: end }) as TaskInstance;

  it("is one state for all instances, as Airflow sums them up, with the time from the first start to the last end", () => {
    const summaries = taskSummaries(
      [
        instance("a", "EUR_USD", "success", "2026-01-31T12:00:00Z", "2026-01-31T12:01:00Z"),
        instance("a", "USD_JPY", "failed", "2026-01-31T12:00:30Z", "2026-01-31T12:02:00Z"),
        instance("b", "", null, null, null),
      ],
      NOW,
    );
    expect(summaries.get("a")).toMatchObject({
      ...{ state: "failed", counts: { success: 1, failed: 1 }, is_mapped: true, try_number: 3, taken_ms: 120_000 },
    });
    expect(summaries.get("b")).toMatchObject({ state: "none", counts: { none: 1 }, is_mapped: false, taken_ms: null });
  });

  it("counts to now while an instance runs", () => {
    expect(taskSummaries([instance("a", "", "running", "2026-01-31T12:00:00Z", null)], NOW).get("a")!.taken_ms).toBe(600_000);
  });
});

describe("signs of states", () => {
  it("tells each state by a sign of its own, without its colour", () => {
    expect(new Set(ALL_SIGNS.map(({ sign }) => sign)).size).toBe(ALL_SIGNS.length);
    expect(signOfState(null).words).toBe("waits for tasks upstream");
  });

  it("says how many instances are in which state", () => {
    expect(wordsOfCounts({ success: 5, up_for_retry: 1, none: 2, failed: 0 })).toBe("5 success, 1 up for retry, 2 waiting");
  });
});

describe("backfills in words", () => {
  const interval = (action: "create" | "skip") => ({ action }) as never;

  it("counts the runs of a plan, of a long one at least", () => {
    expect(backfillWords({ backfills: [interval("create"), interval("skip")], total_entries: 2 })).toBe("1 run");
    expect(backfillWords({ backfills: [interval("create"), interval("create")], total_entries: 1_500 })).toBe("at least 2 runs");
  });

  it("tells how far one is, with what was skipped and cancelled as done", () => {
    expect(progressOf({ total: 10, queued: 3, running: 1, success: 4, failed: 1, skipped: 1, cancelled: 0 })).toEqual({
      ...{ done: 6, total: 10, words: "4 succeeded, 1 failed, 1 running, 3 to come, 1 had a run already" },
    });
  });
});
