import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { trainingSpecOf } from "../../../functions/pipelines/training/trainingSpecOf.ts";
import { assembleResult } from "../../../gpu-sidecar/training/assembleResult.ts";
import type { UnitResult } from "../../../gpu-sidecar/training/childMessages.ts";
import { planUnits } from "../../../gpu-sidecar/training/planUnits.ts";
import { amongOf, type Matrix } from "../../../gpu-sidecar/training/readMatrix.ts";
import { trainUnit } from "../../../gpu-sidecar/training/trainUnit.ts";
import { type CApi, loadCApi } from "../../../gpu-sidecar/xgboost/cApi.ts";
import { ensureLibrary } from "../../../gpu-sidecar/xgboost/fetchLibrary.ts";
import { readLibraryFacts } from "../../../gpu-sidecar/xgboost/libraryFacts.ts";
import type { TrainingResult, TrainingSpec } from "../../../shared/contracts/training.ts";
import type { TrainingSet } from "../../../shared/features/trainingSet.ts";
import type { TrainingProfile } from "../../../shared/models/trainingProfile.ts";

export interface InProcessTraining {
  readonly spec: TrainingSpec;
  readonly result: TrainingResult;
  /** The kept model as XGBoost's JSON. */
  readonly model: Uint8Array;
  /** As its own binary form. */
  readonly ubj: Uint8Array;
  /** What it is of each of the spec's parts, in the same form. */
  readonly parts: Readonly<Record<string, Uint8Array>>;
}

let loaded: { api: CApi; path: string } | undefined;

async function library(): Promise<{ api: CApi; path: string }> {
  if (loaded) return loaded;
  const { path } = await ensureLibrary();
  loaded = { api: loadCApi(path), path };
  return loaded;
}

/** What the sidecar does with a training set, by its own code, in this process instead of its children. */
export async function trainInProcess(
  set: TrainingSet,
  profile: TrainingProfile,
  changes: Partial<TrainingSpec> = {},
): Promise<InProcessTraining> {
  const spec = { ...specOf(set, profile), ...changes };
  const { api, path } = await library();
  const folder = mkdtempSync(join(tmpdir(), "fx-train-"));
  try {
    const model_paths = { ubj: join(folder, "model.ubj"), json: join(folder, "model.json") };
    const part_paths = partPaths(folder, spec);
    const task = { spec, dataset_path: "", library_path: path, model_paths, part_paths };
    const context = { api, libraryVersion: readLibraryFacts(api).version, matrix: toMatrix(set, spec), task, onModel: () => undefined };
    const results: UnitResult[] = [];
    for (const unit of planUnits(spec, set.y.length, 1)) results.push(await trainUnit(context, unit));
    const parts = Object.fromEntries(Object.entries(part_paths).map(([name, { json }]) => [name, readFileSync(json)]));
    const files = { model: readFileSync(model_paths.json), ubj: readFileSync(model_paths.ubj) };
    return { spec, result: assembleResult("in-process", spec, results, 0), ...files, parts };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The product's own spec, of a set that was never stored, without the run on shuffled labels. */
export function specOf(set: TrainingSet, profile: TrainingProfile): TrainingSpec {
  const manifest = { sha256: "0".repeat(64), feature_names: set.feature_names };
  const { label_shuffle: _, ...spec } = trainingSpecOf({ manifest, set }, profile, "cpu");
  return spec;
}

export function partPaths(folder: string, { parts = [] }: Pick<TrainingSpec, "parts">) {
  return Object.fromEntries(
    parts.map(({ name }) => [name, { ubj: join(folder, `model.${name}.ubj`), json: join(folder, `model.${name}.json`) }]),
  );
}

/** Row-major float32, as readMatrix makes it of the Parquet file. */
export function toMatrix(
  { features, feature_names, y, event_time, label_end }: TrainingSet,
  spec?: Pick<TrainingSpec, "uniqueness">,
): Matrix {
  const data = new Float32Array(features.length * y.length);
  for (const [column, values] of features.entries()) {
    for (let row = 0; row < values.length; row++) data[row * features.length + column] = values[row]!;
  }
  const matrix = { rows: y.length, columns: features.length, data, label: Float32Array.from(y) };
  return spec?.uniqueness
    ? { ...matrix, spans: { start: event_time, end: label_end, ...amongOf(spec.uniqueness, feature_names) } }
    : matrix;
}
