import { z } from "zod";

/** What a registered model says of itself; stored beside it and read before it serves. */
export const modelCardSchema = z.object({
  name: z.string(),
  instrument: z.string(),
  run_id: z.string(),
  /** View whose rows the model reads, and the schema that they must have. */
  view: z.string(),
  schema_hash: z.string(),
  /** The model's inputs, in order; each is a feature of the view. Null is allowed for every one: trees route it. */
  feature_names: z.array(z.string()),
  feature_set_hash: z.string(),
  horizon_bars: z.int(),
  dataset: z.string(),
  trained_until: z.number(),
  library_version: z.string(),
  /** False unless out-of-fold log loss beats the majority baseline by more than chance. */
  skill_shown: z.boolean(),
});
export type ModelCard = z.infer<typeof modelCardSchema>;

/** Keys of a run's artifacts in the lake, in MLflow's own layout. */
export function modelArtifactKeys(run_id: string) {
  const root = `models/${run_id}/artifacts`;
  return {
    root,
    source: `${root}/model`,
    json: `${root}/model/model.json`,
    ubj: `${root}/model/model.ubj`,
    card: `${root}/model/model_card.json`,
    mlmodel: `${root}/model/MLmodel`,
    evaluation: `${root}/evaluation.json`,
    training_result: `${root}/training_result.json`,
  } as const;
}

/** Keys under a registered version's source. */
export function sourceKeys(source: string) {
  return { json: `${source}/model.json`, card: `${source}/model_card.json` } as const;
}
