import { setTimeout as sleep } from "node:timers/promises";
import type { Row } from "@libsql/client/web";
import { databaseOf } from "../../support/databases/databaseOf.ts";
import { WAIT_LIMIT_MS } from "../../support/timeLimits.ts";
import type { PagesStack } from "../pagesStack.ts";

/** A store that has just been filled has no record of answers: these are what monitoring would have measured, another of each pair. */
const MEASURED = [
  { check: "performance", metric: "accuracy_30d", value: 0.5432, half: 0.0321, n: 432 },
  { check: "performance", metric: "baseline_accuracy_30d", value: 0.5123, half: 0.0234, n: 432 },
  { check: "drift", metric: "psi_median", value: 0.0345, half: null, n: null },
  { check: "freshness", metric: "bar_age_h", value: 0.25, half: null, n: null },
] as const;
/** Times the pair's place: what is told of two pairs differs in every form of a number. */
const APART = 0.0111;

/**
 * Has the pipelines predict and measure, then holds monitoring still and writes readings and an alert that no quiet store has. Returns what
 * puts all of it back.
 */
export async function fillFigures({ ask, store }: PagesStack, pairs: readonly string[]): Promise<() => Promise<void>> {
  await Promise.all(["market_feature_pipeline", "monitoring"].map((dag) => runOnce(ask, dag)));
  const pause = (is_paused: boolean) => ask("PATCH", "/api/v2/dags/monitoring", { is_paused });
  await pause(true);
  await untilNoRun(ask, "monitoring");
  const { $client } = databaseOf(store);
  const former: Row[] = [];
  for (const [place, subject] of pairs.entries()) {
    for (const { check, metric, value, half, n } of MEASURED) {
      const own = value + place * APART * (check === "freshness" ? 100 : 1);
      const where = { check, metric, subject };
      former.push(...(await $client.execute({ sql: `SELECT * FROM monitor_readings WHERE ${NEWEST}`, args: where })).rows);
      await $client.execute({
        sql: `UPDATE monitor_readings SET value = :value, low = :low, high = :high, n = :n, status = 'ok' WHERE ${NEWEST}`,
        args: { ...where, value: own, low: half === null ? null : own - half, high: half === null ? null : own + half, n: n && n + place },
      });
    }
  }
  await $client.execute(ALERT);
  return async () => {
    await $client.execute(`DELETE FROM alerts WHERE fingerprint = '${FINGERPRINT}'`);
    for (const { check, metric, subject, measured_at, value, low, high, n, status } of former) {
      await $client.execute({
        sql: `UPDATE monitor_readings SET value = :value, low = :low, high = :high, n = :n, status = :status
          WHERE "check" = :check AND metric = :metric AND subject = :subject AND measured_at = :measured_at`,
        args: { check, metric, subject, measured_at, value, low, high, n, status } as never,
      });
    }
    await pause(false);
  };
}

const NEWEST = `"check" = :check AND metric = :metric AND subject = :subject
  AND measured_at = (SELECT max(measured_at) FROM monitor_readings WHERE "check" = :check)`;

const FINGERPRINT = "a-test-of-figures";
const ALERT = `INSERT INTO alerts (fingerprint, "check", subject, metric, severity, state, summary, value, threshold, starts_at, last_seen_at)
  VALUES ('${FINGERPRINT}', 'freshness', '', 'pipeline_age_h', 'warning', 'firing', 'One alert for the test of figures', 3, 2, 0, 0)`;

async function runOnce(ask: PagesStack["ask"], dag: string): Promise<void> {
  const { dag_run_id } = await ask<{ dag_run_id: string }>("POST", `/api/v2/dags/${dag}/dagRuns`, {});
  const state = async () => (await ask<{ state: string }>("GET", `/api/v2/dags/${dag}/dagRuns/${encodeURIComponent(dag_run_id)}`)).state;
  const ended = await untilKnown(`${dag} has run`, async () => {
    const now = await state();
    return now === "success" || now === "failed" ? now : null;
  });
  if (ended !== "success") throw new Error(`${dag_run_id} of ${dag} failed`);
}

async function untilNoRun(ask: PagesStack["ask"], dag: string): Promise<void> {
  await untilKnown(`no run of ${dag} is under way`, async () => {
    const { active_runs_count } = await ask<{ active_runs_count: number }>("GET", `/api/v2/dags/${dag}/details`);
    return active_runs_count === 0 ? true : null;
  });
}

async function untilKnown<Known>(what: string, look: () => Promise<Known | null>): Promise<Known> {
  for (const deadline = Date.now() + WAIT_LIMIT_MS; Date.now() < deadline; await sleep(200)) {
    const known = await look();
    if (known !== null) return known;
  }
  throw new Error(`It did not come about within ${WAIT_LIMIT_MS / 1_000} s that ${what}.`);
}
