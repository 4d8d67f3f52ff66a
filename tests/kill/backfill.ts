import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { requireInstant, SECOND } from "../../shared/domain/instant.ts";
import { differenceOf } from "../support/databases/storeSnapshot.ts";
import { portVariables } from "../support/stack/fxWorkplace.ts";
import { type BackfillTrial, runBackfillTrial } from "./runBackfillTrial.ts";

const HELP = `npm run storm:backfill -- [--days 180] [--active 4] [--kills 0] [--seed 1] [--json]

Builds hourly features of all instruments by the schedule on the simulated market, loses them, and has a backfill by days
build them again, with a pause, a stop and a start of the whole stack, and so many kill -9 of the Worker, libSQL or all. Ends with 1 when
a row differs by a byte, or a task did not succeed once.`;
const END = "2026-07-15T12:00:00Z";
/** What the slowest feature looks back on. */
const LOOKBACK_DAYS = 100;

const { values } = parseArgs({
  options: {
    days: { type: "string", default: "180" },
    active: { type: "string", default: "4" },
    kills: { type: "string", default: "0" },
    seed: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});

function summaryOf(trial: BackfillTrial) {
  const { total, active_ms, most_running, added_up, paused_at, restarted_at, tasks, odd_tasks, killed, expected_rows, found_rows } = trial;
  const seconds = active_ms / SECOND;
  const difference = differenceOf(expected_rows, found_rows);
  const cancelled = trial.cancelled.progress;
  return {
    ...{ runs: total, tasks, rows: found_rows.length, seconds, runs_per_s: total / seconds, tasks_per_s: tasks / seconds },
    ...{ odd_tasks, killed },
    ...{ most_running, added_up, paused_at, restarted_at, cancelled, difference },
  };
}

async function main(): Promise<number> {
  if (values.help) {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  const folder = mkdtempSync(join(tmpdir(), "fx-backfill-"));
  try {
    const began = Date.now();
    const trial = await runBackfillTrial({
      root: fileURLToPath(new URL("../..", import.meta.url)),
      folder,
      env: { ...(process.env as Record<string, string>), ...(await portVariables()) },
      end: requireInstant(END, "end"),
      days: Number(values.days),
      history_days: Number(values.days) + LOOKBACK_DAYS,
      max_active_runs: Number(values.active),
      kills: Number(values.kills),
      seed: Number(values.seed),
      say: (line) => void process.stderr.write(`${((Date.now() - began) / SECOND).toFixed(1).padStart(6)} s  ${line}\n`),
    });
    const summary = summaryOf(trial);
    process.stdout.write(`${values.json ? JSON.stringify(summary) : renderSummary(summary)}\n`);
    return summary.difference === null && summary.odd_tasks === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

function renderSummary(summary: ReturnType<typeof summaryOf>): string {
  const { runs, tasks, rows, seconds, runs_per_s, tasks_per_s, most_running, restarted_at, cancelled, difference } = summary;
  const { odd_tasks, killed } = summary;
  return [
    `${runs} runs, ${tasks} tasks, ${rows} rows in ${seconds.toFixed(1)} s: ${runs_per_s.toFixed(1)} runs and ${tasks_per_s.toFixed(0)} tasks a second`,
    `at most ${most_running} runs at once; stopped at ${restarted_at[0]} and went on from ${restarted_at[1]}`,
    `a second one was cancelled: ${cancelled.success} runs had ended, ${cancelled.cancelled} were never made`,
    `${killed} kills; ${odd_tasks} tasks did not end well, or more than once`,
    difference === null ? "The rows are those of the schedule, to the byte." : `DIFFERENT: ${difference}`,
  ].join("\n");
}

process.exitCode = await main();
