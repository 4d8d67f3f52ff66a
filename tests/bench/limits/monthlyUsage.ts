import type { MonthlyUsage } from "../../../shared/deployment/monthlyCost.ts";
import { BOOTSTRAP_PREFIX } from "../../../shared/domain/bootstrapRun.ts";
import type { Invocation } from "./invocations.ts";

const MINUTES_A_MONTH = 30 * 24 * 60;
/** Runs of a month by schedule. The hours in which the market is closed are counted as well, in which there is less to do. */
const RUNS_A_MONTH: Readonly<Record<string, number>> = {
  data_collection: MINUTES_A_MONTH / 10,
  market_feature_pipeline: MINUTES_A_MONTH / 60,
  news_feature_pipeline: MINUTES_A_MONTH / 30,
  monitoring: MINUTES_A_MONTH / 15,
  model_training: 30,
  model_validation: 30,
};
const SWEEP = "cron * * * * *";
/** A message is written, read and deleted. */
const OPERATIONS_A_MESSAGE = 3;

/** How much larger an installation is than the one that was measured. */
export interface Growth {
  readonly instruments: number;
  readonly history: number;
}

interface Measured {
  readonly invocations: readonly Invocation[];
  /** By invocation: CPU milliseconds. */
  readonly cpuOf: (invocation: Invocation) => number;
  /** Of a store with its history. */
  readonly database_bytes: number;
  readonly lake_bytes: number;
}

/**
 * A month of what was measured, by schedule: of each pipeline its largest run but the bootstrap's, as often as it runs, and the sweeps. All that a run does
 * is taken to grow with the instruments; what lies in the stores grows with the history, too. Predictions are not in it.
 */
export function monthlyUsage({ invocations, cpuOf, database_bytes, lake_bytes }: Measured, growth: Growth): MonthlyUsage {
  const runs = Object.entries(RUNS_A_MONTH).map(([dag_id, times]) => ({
    events: largestRun(invocations, dag_id),
    times: times * growth.instruments,
  }));
  const sweeps = invocations.filter(({ label }) => label === SWEEP);
  const parts = [...runs, { events: sweeps, times: sweeps.length === 0 ? 0 : MINUTES_A_MONTH / sweeps.length }];
  const sum = (figure: (one: Invocation) => number) =>
    Math.round(parts.reduce((all, { events, times }) => all + times * events.reduce((own, one) => own + figure(one), 0), 0));
  const [requests, stored] = [sum(() => 1), growth.instruments * growth.history];
  return {
    requests,
    cpu_ms: sum(cpuOf),
    kv_reads: sum(({ asked }) => asked.kv_reads),
    kv_writes: sum(({ asked }) => asked.kv_writes),
    queue_operations: OPERATIONS_A_MESSAGE * sum(({ asked }) => asked.queue),
    r2_writes: sum(({ asked }) => asked.r2_writes),
    r2_reads: sum(({ asked }) => asked.r2_reads),
    r2_gb: (stored * lake_bytes) / 1e9,
    log_events: requests,
    rows_read: sum(({ rows_read }) => rows_read),
    rows_written: sum(({ rows_written }) => rows_written),
    database_gb: (stored * database_bytes) / 1e9,
  };
}

/** That of validation is of an instrument: those of a training are one run. */
function largestRun(invocations: readonly Invocation[], dag_id: string): readonly Invocation[] {
  const own = invocations.filter(
    ({ label, run_id }) => run_id !== null && label.startsWith(`${dag_id}/`) && !run_id.includes(BOOTSTRAP_PREFIX),
  );
  if (dag_id === "model_validation") return own;
  const runs = [...new Set(own.map(({ run_id }) => run_id))].map((run_id) => own.filter((one) => one.run_id === run_id));
  return runs.sort((one, other) => other.length - one.length)[0] ?? [];
}
