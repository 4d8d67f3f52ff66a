import { giveBack } from "../../../shared/domain/giveBack.ts";
import { AppError } from "../../../shared/errors.ts";
import type { TrainingSet } from "../../../shared/features/trainingSet.ts";
import type { DatasetManifest } from "../../../shared/ports/tracking.ts";
import { sha256Of } from "../common/sha256Of.ts";
import type { Ports } from "../ports.ts";
import { fromParquet } from "./trainingSetParquet.ts";

export interface DatasetFile {
  readonly manifest: DatasetManifest;
  readonly parquet: Uint8Array<ArrayBuffer>;
}

export interface Dataset {
  readonly manifest: DatasetManifest;
  /** Of the file as it lies in the lake. */
  readonly sha256: string;
  readonly set: TrainingSet;
}

/** The file that `assemble_training_set` named in its report. */
export async function readDatasetFile(ports: Ports, sha256: string): Promise<DatasetFile> {
  const manifest = await ports.tracking.dataset(sha256);
  if (!manifest) throw new AppError("dataset_unknown", `There is no manifest of training set ${sha256}.`);
  const parquet = await ports.lake.get(manifest.key);
  if (!parquet) throw new AppError("dataset_unknown", `Training set ${manifest.key} is not in the lake.`);
  return { manifest, parquet };
}

/**
 * The training set of it for as long as `work` takes, and no longer: of two years it is 9 MB, and so is its file.
 * @param features_read which of the model's inputs are wanted; all of them unless given
 */
export async function withDataset<Result>(
  ports: Ports,
  name: string,
  work: (dataset: Dataset) => Result | Promise<Result>,
  features_read?: (name: string) => boolean,
): Promise<Result> {
  const { manifest, parquet } = await readDatasetFile(ports, name);
  const sha256 = await sha256Of(parquet);
  const set = await fromParquet(parquet, manifest.instrument, features_read);
  giveBack(parquet);
  try {
    return await work({ manifest, sha256, set });
  } finally {
    giveBack(...columnsOf(set));
  }
}

function columnsOf({ event_time, known_at, label_end, y, long_net, short_net, features }: TrainingSet): readonly Float64Array[] {
  return [event_time, known_at, label_end, y, long_net, short_net, ...features];
}
