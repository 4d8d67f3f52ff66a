import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { marketFeaturePipeline } from "../../functions/pipelines/market_features/dag.ts";
import { DEFAULT_INSTRUMENTS } from "../../shared/domain/instrument.ts";
import { type BackfillTrial, runBackfillTrial } from "../kill/runBackfillTrial.ts";
import { differenceOf } from "../support/databases/storeSnapshot.ts";
import { createFxWorkplace } from "../support/stack/fxWorkplace.ts";
import { TIME_LIMIT_MS } from "../support/timeLimits.ts";

/** So many that a pause at a quarter and a stop at a half find some that have not begun. */
const DAYS = 30;
/** The days before the span are what its features look back on. */
const HISTORY_DAYS = 12;
/** Wednesday, so that the span holds a weekend. */
const END = Date.UTC(2026, 6, 15, 12);

const workplace = createFxWorkplace();

/** `npm run storm:backfill` is the long form. */
describe("a backfill of hourly features of all instruments, on a real stack", () => {
  let trial: BackfillTrial;
  beforeAll(async () => {
    const env = await workplace.environment();
    const root = fileURLToPath(new URL("../..", import.meta.url));
    const options = { root, folder: workplace.folder, env, end: END, days: DAYS, history_days: HISTORY_DAYS };
    trial = await runBackfillTrial({ ...options, max_active_runs: 4, say: () => undefined });
  }, TIME_LIMIT_MS);
  afterAll(() => workplace.remove());

  it("runs every day, at most four at once, and its counts add up at every look", () => {
    // The span begins and ends at noon, so its first and last day are halves.
    expect(trial.ended).toMatchObject({ state: "completed", progress: { total: DAYS + 1, success: DAYS + 1, failed: 0, queued: 0 } });
    expect(trial.most_running).toBeGreaterThan(1);
    expect(trial.most_running).toBeLessThanOrEqual(4);
    expect(trial.added_up).toBe(true);
    expect(trial.tasks).toBe((DAYS + 1) * marketFeaturePipeline.tasks.length * DEFAULT_INSTRUMENTS.length);
  });

  it("stands still while it is paused", () => {
    const [then, later] = trial.paused_at;
    expect(then).toBeLessThan(trial.total);
    expect(later).toBe(then);
  });

  it("goes on by itself after a stop and a start of the whole stack", () => {
    const [before, after] = trial.restarted_at;
    expect(before).toBeLessThan(trial.total);
    expect(after).toBeGreaterThanOrEqual(before);
  });

  it("gives the rows of the schedule, to the byte", () => {
    expect(trial.expected_rows.length).toBeGreaterThan(DAYS * 4 * DEFAULT_INSTRUMENTS.length);
    expect(differenceOf(trial.expected_rows, trial.found_rows)).toBeNull();
  });

  it("can be cancelled: what ran ends, and the rest is never made", () => {
    const { state, progress } = trial.cancelled;
    expect(state).toBe("cancelled");
    expect(progress).toMatchObject({ running: 0, queued: 0, total: DAYS + 1 });
    expect(progress.cancelled).toBeGreaterThan(0);
    expect(progress.success + progress.failed + progress.skipped + progress.cancelled).toBe(progress.total);
  });

  it("leaves no process", () => workplace.untilNothingRuns());
});
