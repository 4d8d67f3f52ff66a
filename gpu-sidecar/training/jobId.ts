import type { TrainingSpec } from "../../shared/contracts/training.ts";
import { canonicalJson, sha256Hex } from "../../shared/domain/hash.ts";

/** Same spec, same job. The prefix changes when the meaning of a spec does, so that no old result answers for a new meaning. */
export function jobIdOf(spec: TrainingSpec): string {
  return sha256Hex(`fx-training/2 ${canonicalJson(spec)}`).slice(0, 32);
}
