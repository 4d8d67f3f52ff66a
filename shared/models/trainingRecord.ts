import { z } from "zod";
import { type TrainingResult, trainingSpecSchema } from "../contracts/training.ts";
import { canonicalJson, sha256Hex } from "../domain/hash.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** All that it takes to train a run again, and to tell whether the same came of it. Written beside the model. */
export const trainingRecordSchema = z.object({
  run_id: z.string(),
  /** What the sidecar was asked for: data set by its hash, parameters, seeds, folds, device. */
  spec: trainingSpecSchema,
  /** Which of the spec's parts the model is; absent: the whole. */
  part: z.string().optional(),
  library_version: z.string(),
  /** Where it really ran. */
  device: z.enum(["cpu", "cuda"]),
  /** Commit of the code, with "+changes" where files differed from it; null where it was not known. */
  code_version: z.string().nullable(),
  /** SHA-256 of what came of it. `predictions` is of all that the sidecar said of rows: see predictionsHash. */
  made: z.object({ model_json: sha256, model_ubj: sha256, predictions: sha256 }),
});
export type TrainingRecord = z.infer<typeof trainingRecordSchema>;

/** Of the numbers of a result: not of its job and the time that it took. One without parts has the hash that it had before there were any. */
export function predictionsHash({ out_of_fold, shuffled, parity, splits, importance, parts }: TrainingResult): string {
  return sha256Hex(canonicalJson({ out_of_fold, shuffled: shuffled ?? null, parity, splits, importance, ...(parts ? { parts } : {}) }));
}
