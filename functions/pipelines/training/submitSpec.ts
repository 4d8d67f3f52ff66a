import type { TrainingJob, TrainingSpec } from "../../../shared/contracts/training.ts";
import { toAppError } from "../../../shared/errors.ts";
import type { Ports } from "../ports.ts";

/** Hands a spec to the sidecar, and its data set before where it does not have it. */
export async function submitSpec(ports: Ports, spec: TrainingSpec, parquet: Uint8Array): Promise<TrainingJob> {
  try {
    return await ports.trainer.submit(spec);
  } catch (error) {
    if (toAppError(error).code !== "dataset_unknown") throw error;
    await ports.trainer.putDataset(spec.dataset, parquet);
    return await ports.trainer.submit(spec);
  }
}
