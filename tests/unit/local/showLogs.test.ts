import { describe, expect, it } from "vitest";
import { type RunLogs, renderLogs } from "../../../functions/local/text/showLogs.ts";
import type { TaskAttempt } from "../../../shared/contracts/dags.ts";

const RUN = { dag_id: "data_collection", dag_run_id: "scheduled__2026-07-15T12:00:00Z" } as RunLogs["run"];
const error = { code: "source_unavailable", message: "EUR_USD: OANDA answered 500: Internal server error", retryable: true };

function logsOf(state: "failed" | "success", log: string): string {
  const task = { task_id: "collect_candles", map_key: "EUR_USD", try_number: 1, state: "failed", start_date: "2026-07-15T12:07:00Z" };
  const attempt = { ...task, duration: 1, error, report: null, log } as unknown as TaskAttempt;
  return renderLogs({ run: { ...RUN, state }, task_instances: [], tries: [attempt], reasons: [] });
}

describe("fx logs of a try that failed", () => {
  it("says its error once: in its log, with the time", () => {
    const text = logsOf("failed", `2026-07-15T12:07:05Z asking\n2026-07-15T12:07:06Z failed: ${error.code}: ${error.message}\n`);
    expect(text.match(/OANDA answered/g)).toHaveLength(1);
    expect(text).toContain("2026-07-15T12:07:06Z failed: source_unavailable: EUR_USD:");
  });

  it("says the error of one that could log nothing any more", () => {
    expect(logsOf("failed", "")).toContain(`  ${error.code}: ${error.message}`);
    expect(logsOf("failed", "2026-07-15T12:07:05Z asking\n")).toContain(`  ${error.code}: ${error.message}`);
  });

  it("ends with what to do about a run that failed, as a line to copy, and only then", () => {
    const way_out = `  fx clear ${RUN.dag_id} ${RUN.dag_run_id} --only-failed --yes`;
    expect(logsOf("failed", "").split("\n").at(-1)).toBe(way_out);
    expect(logsOf("success", "")).not.toContain("fx clear");
  });
});
