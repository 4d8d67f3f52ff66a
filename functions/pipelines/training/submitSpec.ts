import { type TrainingJob, type TrainingSpec, trainingSpecSchema } from "../../../shared/contracts/training.ts";
import { jobIdOf } from "../../../shared/contracts/trainingJobId.ts";
import { toAppError } from "../../../shared/errors.ts";
import type { Sidecar } from "../../../shared/ports/sidecars.ts";
import type { Ports } from "../ports.ts";

export interface PlacedJob {
  readonly job: TrainingJob;
  /** The name of the sidecar that has it. */
  readonly sidecar: string;
}

/** Hands a spec to the sidecar that is to have it, or has it already, and its data set before where that does not have it. */
export async function submitSpec(ports: Pick<Ports, "sidecars">, spec: TrainingSpec, parquet: Uint8Array): Promise<PlacedJob> {
  // As the sidecar reads it, which fills in what a spec may leave out.
  const job_id = jobIdOf(trainingSpecSchema.parse(spec));
  const { name, trainer } = await ports.sidecars.forJob({ job_id, dataset: spec.dataset, device: spec.device });
  return { job: await submitTo(trainer, spec, parquet), sidecar: name };
}

async function submitTo(trainer: Sidecar["trainer"], spec: TrainingSpec, parquet: Uint8Array): Promise<TrainingJob> {
  try {
    return await trainer.submit(spec);
  } catch (error) {
    if (toAppError(error).code !== "dataset_unknown") throw error;
    await trainer.putDataset(spec.dataset, parquet);
    return await trainer.submit(spec);
  }
}
