import { setTimeout as sleep } from "node:timers/promises";
import { digits } from "../figures.ts";
import { runFixedRate } from "../load/runLoad.ts";
import type { LoadSummary } from "../load/summary.ts";
import { preparePrediction } from "../predictLoad.ts";
import type { Measured, Section } from "../section.ts";

const PER_SECOND = 100;
const QUIET_SECONDS = 10;
const SLICE_SECONDS = 2;
const LONGEST_SECONDS = 120;
/** What is going on meanwhile, one after the other: an hourly pipeline, a training, and the gate that promotes. */
const BUSY = ["market_feature_pipeline", "model_training", "model_validation"];

export const predictBusy: Section = {
  name: "predict-busy",
  work: "POST /predict on fx serve, 100 req/s, while a pipeline, a training and a promotion run",
  note: "until each run has ended, two minutes at most; beside 10 s without",
  peer: "-",
  budget: "no failed request, p95 <= 3 x quiet",
  run: async (context) => {
    const { url } = await context.stack("serve");
    const request = await preparePrediction(url);
    const load = (seconds: number) => runFixedRate(request, PER_SECOND, seconds, 8);
    await load(SLICE_SECONDS);
    const quiet = await load(QUIET_SECONDS);
    const rows: Measured[] = [];
    for (const dag of BUSY) {
      const run = await trigger(url, dag);
      const slices: LoadSummary[] = [];
      for (let seconds = 0; seconds < LONGEST_SECONDS && !(await hasEnded(url, dag, run)); seconds += SLICE_SECONDS)
        slices.push(await load(SLICE_SECONDS));
      rows.push(rowOf(`during ${dag}`, quiet, slices));
      await sleep(1_000);
    }
    return rows;
  },
};

function rowOf(label: string, quiet: LoadSummary, slices: readonly LoadSummary[]): Measured {
  const failures = slices.reduce((sum, slice) => sum + slice.failures, 0);
  const requests = slices.reduce((sum, slice) => sum + slice.requests, 0);
  const p95_ms = Math.max(...slices.map((slice) => slice.p95_ms));
  const ratio = p95_ms / quiet.p95_ms;
  return {
    label,
    text: `${failures} of ${requests} failed; p95 of the worst ${SLICE_SECONDS} s ${digits(p95_ms)} ms, ${digits(ratio)} x the quiet ${digits(quiet.p95_ms)} ms`,
    values: { failures, requests, p95_ms, quiet_p95_ms: quiet.p95_ms, ratio },
  };
}

async function trigger(url: string, dag: string): Promise<string> {
  const response = await fetch(`${url}/api/v2/dags/${dag}/dagRuns`, {
    method: "POST",
    body: "{}",
    headers: { "content-type": "application/json" },
  });
  const body = (await response.json()) as { dag_run_id?: string };
  if (body.dag_run_id === undefined) throw new Error(`${dag} was not triggered: ${response.status} ${JSON.stringify(body).slice(0, 300)}`);
  return body.dag_run_id;
}

async function hasEnded(url: string, dag: string, run: string): Promise<boolean> {
  const response = await fetch(`${url}/api/v2/dags/${dag}/dagRuns/${encodeURIComponent(run)}`);
  return ["success", "failed"].includes(((await response.json()) as { state: string }).state);
}
