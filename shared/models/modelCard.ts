import { z } from "zod";
import { calibratorSchema, NO_CALIBRATOR } from "../calibration/calibrator.ts";
import { returnIntervalSchema } from "../calibration/returnInterval.ts";
import { modelClaimSchema, UNJUDGED } from "./modelClaim.ts";
import { presentModelName } from "./modelName.ts";

/** What a registered model says of itself; stored beside it and read before it serves. */
export const modelCardSchema = z.preprocess(
  (card) => fromOldRule(fromOneView(card)),
  z.object({
    name: z.string().transform(presentModelName),
    instrument: z.string(),
    /** Of one model of several pairs: which. Its `instrument` is then POOLED. */
    pairs: z.array(z.string()).optional(),
    /**
     * Of what a pooled model is of one of its pairs: the run and the training set of the pooled one, and the pairs. `dataset` is then the pair's
     * own rows among those of that set, by which it is judged.
     */
    pool: z.object({ run_id: z.string(), dataset: z.string(), pairs: z.array(z.string()) }).optional(),
    run_id: z.string(),
    /** Views whose rows the model reads, and the schema that they must have: the market's first, then news where it was trained with any. */
    views: z.array(z.object({ view: z.string(), schema_hash: z.string() })).min(1),
    /** The model's inputs, in order; each is a feature of one of the views. Null is allowed for every one: trees route it. */
    feature_names: z.array(z.string()),
    feature_set_hash: z.string(),
    horizon_bars: z.int(),
    dataset: z.string(),
    trained_until: z.number(),
    library_version: z.string(),
    /** Seeds whose mean by margin the model is; a card from before it was a mean has none to name. */
    seeds: z.array(z.int()),
    /** How what is served is made of what the trees say; a card from before calibration serves that. */
    calibration: calibratorSchema.default(NO_CALIBRATOR),
    /** How an interval for the return is made, with the coverage that was seen; null where none is known, as in older cards. */
    return_interval: returnIntervalSchema.nullable().default(null),
    /** What its file is: model.json with XGBoost's trees, or model.onnx. */
    format: z.enum(["xgboost", "onnx"]).default("xgboost"),
    /** Where it was trained. Of one from elsewhere nothing of its training is known: `dataset` is empty, `trained_until` when it was logged. */
    origin: z.enum(["here", "elsewhere"]).default("here"),
    ...modelClaimSchema.shape,
  }),
);
export type ModelCard = z.infer<typeof modelCardSchema>;

/** A card from before models read news names one view: the model goes on serving. */
function fromOneView(card: unknown): unknown {
  if (typeof card !== "object" || card === null || "views" in card || !("view" in card)) return card;
  const { view, schema_hash, ...rest } = card as { readonly view: unknown; readonly schema_hash?: unknown };
  return { ...rest, views: [{ view, schema_hash }] };
}

/** A card that says `skill_shown` was judged by the rule before `skill`: the model goes on serving, and claims nothing. */
function fromOldRule(card: unknown): unknown {
  if (typeof card !== "object" || card === null || !("skill_shown" in card) || "skill" in card) return card;
  const { skill_shown: _, ...rest } = card;
  return { ...rest, seeds: [], ...UNJUDGED };
}

/** Keys of a run's artifacts in the lake, in MLflow's own layout. */
export function modelArtifactKeys(run_id: string) {
  const root = `models/${run_id}/artifacts`;
  return {
    root,
    source: `${root}/model`,
    json: `${root}/model/model.json`,
    ubj: `${root}/model/model.ubj`,
    card: `${root}/model/model_card.json`,
    calibration: `${root}/model/calibration.json`,
    mlmodel: `${root}/model/MLmodel`,
    evaluation: `${root}/evaluation.json`,
    training_result: `${root}/training_result.json`,
    training_record: `${root}/training_record.json`,
  } as const;
}

/** Keys under a registered version's source. */
export function sourceKeys(source: string) {
  return { json: `${source}/model.json`, onnx: `${source}/model.onnx`, card: `${source}/model_card.json` } as const;
}
