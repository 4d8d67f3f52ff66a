import { canonicalJson, sha256Hex } from "../domain/hash.ts";
import type { TrainingSpec } from "./training.ts";

/** Same spec, same job, on every sidecar. The prefix changes when the meaning of a spec does, so that no old result answers for a new meaning. */
export function jobIdOf(spec: TrainingSpec): string {
  return sha256Hex(`fx-training/2 ${canonicalJson(spec)}`).slice(0, 32);
}
