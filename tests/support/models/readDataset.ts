import type { Ports } from "../../../functions/pipelines/ports.ts";
import { readDatasetFile } from "../../../functions/pipelines/training/readDataset.ts";
import { fromParquet } from "../../../functions/pipelines/training/trainingSetParquet.ts";

/** A training set of the lake with its file, to be looked at for as long as a test likes. */
export async function readDataset(ports: Ports, sha256: string) {
  const file = await readDatasetFile(ports, sha256);
  return { ...file, set: await fromParquet(file.parquet, file.manifest.instrument) };
}
