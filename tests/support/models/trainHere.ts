import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assembleResult } from "../../../gpu-sidecar/training/assembleResult.ts";
import { planUnits } from "../../../gpu-sidecar/training/planUnits.ts";
import { trainUnit } from "../../../gpu-sidecar/training/trainUnit.ts";
import { type CApi, loadCApi } from "../../../gpu-sidecar/xgboost/cApi.ts";
import { ensureLibrary } from "../../../gpu-sidecar/xgboost/fetchLibrary.ts";
import { readLibraryFacts } from "../../../gpu-sidecar/xgboost/libraryFacts.ts";
import type { TrainingResult, TrainingSpec } from "../../../shared/contracts/training.ts";
import type { TrainingSet } from "../../../shared/features/trainingSet.ts";
import { partPaths, toMatrix } from "./trainInProcess.ts";

let loaded: CApi | undefined;

/** What the sidecar makes of a training set, by its own training code in this process. */
export async function trainHere(set: TrainingSet, spec: TrainingSpec): Promise<TrainingResult> {
  const { path } = await ensureLibrary();
  loaded ??= loadCApi(path);
  const folder = await mkdtemp(join(tmpdir(), "fx-train-"));
  const model_paths = { ubj: join(folder, "model.ubj"), json: join(folder, "model.json") };
  const task = { spec, dataset_path: "", library_path: path, model_paths, part_paths: partPaths(folder, spec) };
  const context = { api: loaded, libraryVersion: readLibraryFacts(loaded).version, matrix: toMatrix(set, spec), task, onModel: () => {} };
  try {
    const results = [];
    for (const unit of planUnits(spec, set.y.length, 1)) results.push(await trainUnit(context, unit));
    return assembleResult("here", spec, results, 0);
  } finally {
    await rm(folder, { recursive: true });
  }
}
