import type { z } from "zod";
import type { StepContext } from "../../../shared/dag/step.ts";
import { giveBack } from "../../../shared/domain/giveBack.ts";
import { trainingProfileOf } from "../../../shared/models/trainingProfile.ts";
import type { Ports } from "../ports.ts";
import type { assembleTrainingSet } from "./assembleTrainingSet.ts";
import { modelParts } from "./modelParts.ts";
import { readDatasetFile } from "./readDataset.ts";
import { type PlacedJob, submitSpec } from "./submitSpec.ts";
import { timesFromParquet } from "./trainingSetParquet.ts";
import { trainingSpecOf } from "./trainingSpecOf.ts";

/** Hands the training set over, with what a model of the run's profile is to be made of it. */
export async function submitTraining(
  ports: Ports,
  { conf }: Pick<StepContext, "conf">,
  { dataset, parts: sets }: z.infer<typeof assembleTrainingSet.report>,
): Promise<PlacedJob> {
  const { manifest, parquet } = await readDatasetFile(ports, dataset);
  const parts = await modelParts(ports, manifest.feature_names, sets);
  const set = await timesFromParquet(parquet, manifest.instrument);
  const spec = trainingSpecOf({ manifest, set, parts }, trainingProfileOf(conf), ports.config.training_device);
  try {
    return await submitSpec(ports, spec, parquet);
  } finally {
    giveBack(parquet);
  }
}
