import { AppError } from "../../../shared/errors.ts";
import { type Evaluation, evaluationSchema } from "../../../shared/models/evaluation.ts";
import { modelArtifactKeys } from "../../../shared/models/modelCard.ts";
import type { Ports } from "../ports.ts";

/** The evaluation that evaluate_model stored for a run. */
export async function readEvaluation(ports: Ports, run_id: string): Promise<Evaluation> {
  const key = modelArtifactKeys(run_id).evaluation;
  const bytes = await ports.lake.get(key);
  if (!bytes) throw new AppError("not_found", `Run ${run_id} has no evaluation in the lake (${key}).`, { status: 404 });
  const evaluation = evaluationSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  if (evaluation.success) return evaluation.data;
  throw new AppError("schema_mismatch", `The evaluation of run ${run_id} (${key}) is of another release's shape. Train the model again.`, {
    cause: evaluation.error,
  });
}
