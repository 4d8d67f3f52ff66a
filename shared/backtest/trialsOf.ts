import type { ModelVersion } from "../ports/tracking.ts";

/** Tag of a version whose parameters a sweep chose: from how many models. */
export const SWEEP_TRIALS_TAG = "sweep_trials";

/**
 * Models that were tried until a version was there, itself among them: every version up to it, and of those that a sweep chose every trial
 * of the sweep. Each had its chance to be the lucky one.
 */
export function trialsOf(versions: readonly Pick<ModelVersion, "version" | "tags">[], version: string): number {
  return versions
    .filter((one) => Number(one.version) <= Number(version))
    .reduce((sum, { tags }) => sum + Math.max(1, Number(tags[SWEEP_TRIALS_TAG] ?? 1) || 1), 0);
}
