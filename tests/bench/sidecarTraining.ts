import { existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { ensureLibrary } from "../../gpu-sidecar/xgboost/fetchLibrary.ts";
import { type TrainingSpec, trainingJobSchema, trainingResultSchema } from "../../shared/contracts/training.ts";
import { type DatasetFixture, expandingFolds, makeDataset, makeSpec } from "../support/models/trainingFixture.ts";
import { removeTemporaryFolders, type SidecarProcess, startSidecarProcess } from "../support/sidecar/sidecarProcess.ts";

export interface TrainingBench {
  readonly workers: number;
  /** From the first process to the last model, as the sidecar reports it. */
  readonly seconds: number;
  /** CPU seconds of its training processes, with their start and the reading of their rows; null where /proc does not exist. */
  readonly cpu_seconds: number | null;
  /** Longest answer of GET /health, polled throughout. */
  readonly health_max_ms: number;
  readonly sidecar_idle_mb: number;
  /** Highest sum of the training processes' resident memory; null where /proc does not exist. */
  readonly children_peak_mb: number | null;
}

const ROWS = 8_760;
const WATCH_EVERY_MS = 500;

/** The architecture's training budget: 5 seeds x 5 expanding folds + 1, 8,760 x 60 with 3 % missing, 100 rounds, depth 6. */
export function trainingWork(): { readonly dataset: DatasetFixture; readonly spec: TrainingSpec } {
  const dataset = makeDataset({ rows: ROWS, features: 60 });
  const params = { ...makeSpec(dataset, ROWS).params, eta: 0.1, max_depth: 6, min_child_weight: 1, alpha: 0 };
  return { dataset, spec: makeSpec(dataset, ROWS, { params, rounds: 100, seeds: [1, 2, 3, 4, 5], folds: expandingFolds(ROWS, 5) }) };
}

export async function benchTraining(workers: number): Promise<TrainingBench> {
  await ensureLibrary();
  const { dataset, spec } = trainingWork();
  const sidecar = await startSidecarProcess({ env: { SIDECAR_TRAINING_WORKERS: String(workers) } });
  try {
    const sidecar_idle_mb = residentMb(sidecar.pid);
    await fetch(`${sidecar.url}/v1/datasets/${dataset.sha256}`, { method: "PUT", body: dataset.parquet as Uint8Array<ArrayBuffer> });
    const job = trainingJobSchema.parse(
      await (await fetch(`${sidecar.url}/v1/training/jobs`, { method: "POST", body: JSON.stringify(spec) })).json(),
    );
    const watched = await watch(sidecar, job.job_id);
    const result = trainingResultSchema.parse(await (await fetch(`${sidecar.url}/v1/training/jobs/${job.job_id}/result`)).json());
    return { workers, seconds: result.seconds, cpu_seconds: await cpuOfEnded(sidecar), sidecar_idle_mb, ...watched };
  } finally {
    await sidecar.stop();
    removeTemporaryFolders();
  }
}

async function watch(sidecar: SidecarProcess, job_id: string): Promise<{ health_max_ms: number; children_peak_mb: number | null }> {
  let [health_max_ms, children_peak_mb] = [0, 0];
  for (;;) {
    const started = performance.now();
    await (await fetch(`${sidecar.url}/health`)).arrayBuffer();
    health_max_ms = Math.max(health_max_ms, performance.now() - started);
    children_peak_mb = Math.max(
      children_peak_mb,
      childrenOf(sidecar.pid).reduce((sum, pid) => sum + residentMb(pid), 0),
    );
    const job = trainingJobSchema.parse(await (await fetch(`${sidecar.url}/v1/training/jobs/${job_id}`)).json());
    if (job.state === "succeeded") return { health_max_ms, children_peak_mb: existsSync("/proc/self/status") ? children_peak_mb : null };
    if (job.state !== "queued" && job.state !== "running") throw new Error(`the job ended as ${job.state}: ${job.error?.message}`);
    // Seldom: what looks on shares the cores with what is looked at, and nobody looks on at Python.
    await sleep(WATCH_EVERY_MS);
  }
}

/** From /proc: a process started to find out, as pgrep, would cost more than what it looks at. */
function childrenOf(pid: number | undefined): number[] {
  const path = `/proc/${pid}/task/${pid}/children`;
  return existsSync(path) ? readFileSync(path, "utf8").split(" ").filter(Boolean).map(Number) : [];
}

/** proc_pid_stat(5): cutime and cstime, of the children that have ended, in ticks of 10 ms. */
async function cpuOfEnded({ pid }: SidecarProcess): Promise<number | null> {
  if (!existsSync(`/proc/${pid}/stat`)) return null;
  while (childrenOf(pid).length > 0) await sleep(WATCH_EVERY_MS);
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

function residentMb(pid: number): number {
  const status = `/proc/${pid}/status`;
  if (!existsSync(status)) return 0;
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(status, "utf8"))?.[1] ?? 0) / 1024;
}

if (import.meta.main) {
  for (const workers of [1, 2]) console.log(JSON.stringify(await benchTraining(workers)));
}
