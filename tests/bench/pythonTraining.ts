import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";
import { trainingWork } from "./sidecarTraining.ts";

const SCRIPT = fileURLToPath(new URL("peers/trainXgboost.py", import.meta.url));
/** Of numpy's thread pools: a process has one core, as a training process of the sidecar has. */
const ONE_THREAD = { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };

const trainedSchema = z.object({ seconds: z.number(), models: z.int(), version: z.string() });

/** The work of benchTraining by Python's XGBoost, of the same file. `python`: one with pandas, pyarrow and xgboost. */
export async function benchPythonTraining(python: string, processes: number): Promise<z.infer<typeof trainedSchema>> {
  const { dataset, spec } = trainingWork();
  const folder = mkdtempSync(join(tmpdir(), "fx-python-training-"));
  try {
    const [rows, work] = [join(folder, "rows.parquet"), join(folder, "spec.json")];
    writeFileSync(rows, dataset.parquet);
    writeFileSync(work, JSON.stringify(spec));
    const env = { ...process.env, ...ONE_THREAD };
    const { stdout } = await promisify(execFile)(python, [SCRIPT, rows, work, String(processes)], { env });
    return trainedSchema.parse(JSON.parse(stdout));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
