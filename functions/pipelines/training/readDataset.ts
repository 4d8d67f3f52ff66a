import { AppError } from "../../../shared/errors.ts";
import type { TrainingSet } from "../../../shared/features/trainingSet.ts";
import type { DatasetManifest } from "../../../shared/ports/tracking.ts";
import type { Ports } from "../ports.ts";
import { fromParquet } from "./trainingSetParquet.ts";

export interface Dataset {
  readonly manifest: DatasetManifest;
  readonly parquet: Uint8Array;
  readonly set: TrainingSet;
}

/** The training set that `assemble_training_set` named in its report. */
export async function readDataset(ports: Ports, sha256: string): Promise<Dataset> {
  const manifest = await ports.tracking.dataset(sha256);
  if (!manifest) throw new AppError("dataset_unknown", `There is no manifest of training set ${sha256}.`);
  const parquet = await ports.lake.get(manifest.key);
  if (!parquet) throw new AppError("dataset_unknown", `Training set ${manifest.key} is not in the lake.`);
  return { manifest, parquet, set: await fromParquet(parquet, manifest.instrument) };
}
