/** What the runs of a bootstrap are named by, with the end of its data interval behind: the command starts them, the Worker knows them by it. */
export const BOOTSTRAP_PREFIX = "manual__bootstrap__";

/** The pipelines that a bootstrap goes through, one after the other. The training starts the last one. */
export const BOOTSTRAP_STEPS = [
  "data_collection",
  "market_feature_pipeline",
  "news_feature_pipeline",
  "model_training",
  "model_validation",
] as const;
export type BootstrapStep = (typeof BOOTSTRAP_STEPS)[number];

/** The run of one of its steps: the validation's is named after the training that started it. */
export function bootstrapRunId(step: BootstrapStep, run_id: string): string {
  return step === "model_validation" ? `triggered__${run_id}` : run_id;
}
