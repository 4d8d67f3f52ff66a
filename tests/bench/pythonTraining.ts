import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";
import { clientVenv } from "../clients/clientVenv.ts";
import { trainingWork } from "./sidecarTraining.ts";

const SCRIPT = fileURLToPath(new URL("peers/trainXgboost.py", import.meta.url));
/** Of numpy's thread pools: a process has one core, as a training process of the sidecar has. */
const ONE_THREAD = { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };

const trainedSchema = z.object({ seconds: z.number(), cpu_seconds: z.number(), models: z.int(), version: z.string() });

/** Pythons that the sidecar's XGBoost installs for. */
const PYTHONS = [process.env["FX_BENCH_PYTHON"], "python3.12", "python3.13", "python3.14", "python3"];
const IS_NEW_ENOUGH = "import sys; sys.exit(0 if sys.version_info >= (3, 12) else 1)";

/**
 * One with the XGBoost that the sidecar trains by, where a Python 3.12 is; else with an older XGBoost, whose time is another: of 3.2 four
 * fifths of 3.4's, for the same models. Null where there is no index.
 */
export function trainingPython(): string | null {
  const found = PYTHONS.find((python) => python !== undefined && spawnSync(python, ["-c", IS_NEW_ENOUGH]).status === 0);
  return (found && clientVenv("xgboost", found)) || clientVenv("mlflow3");
}

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
