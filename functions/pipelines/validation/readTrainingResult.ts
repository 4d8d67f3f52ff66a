import { type TrainingResult, trainingResultSchema } from "../../../shared/contracts/training.ts";
import { AppError } from "../../../shared/errors.ts";
import { type ModelCard, modelArtifactKeys } from "../../../shared/models/modelCard.ts";
import type { Ports } from "../ports.ts";

/** What the sidecar made of a model's training set. */
export async function readTrainingResult(ports: Ports, { run_id }: Pick<ModelCard, "run_id">): Promise<TrainingResult> {
  const key = modelArtifactKeys(run_id).training_result;
  const bytes = await ports.lake.get(key);
  if (!bytes) throw new AppError("not_found", `The training result ${key} is not in the lake: train again.`);
  return trainingResultSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
}
