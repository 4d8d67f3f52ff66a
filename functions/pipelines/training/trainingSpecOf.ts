import type { TrainingSpec } from "../../../shared/contracts/training.ts";
import type { TrainingProfile } from "../../../shared/models/trainingProfile.ts";
import { assertNoLeak } from "../../../shared/validation/assertNoLeak.ts";
import { purgedWalkForward } from "../../../shared/validation/walkForward.ts";
import type { DatasetFile } from "./readDataset.ts";
import type { TrainingTimes } from "./trainingSetParquet.ts";

/**
 * Prime to 24, so that in shuffled order no hour keeps its label: what the hour of the day tells of the next bar is not to be found again.
 * Longer than a label's horizon, so that labels which overlap stay together.
 */
const SHUFFLE_BLOCK_ROWS = 17;

/** How the labels of a dataset are shuffled: always the same way. */
const LABEL_SHUFFLE = { seed: 1, block_rows: SHUFFLE_BLOCK_ROWS } as const;

export interface SpecSource {
  readonly manifest: Pick<DatasetFile["manifest"], "sha256" | "feature_names">;
  readonly set: TrainingTimes;
}

/** What the sidecar is asked to do with a dataset: purged walk-forward folds, computed here and checked before they leave. */
export function trainingSpecOf({ manifest, set }: SpecSource, profile: TrainingProfile, device: TrainingSpec["device"]): TrainingSpec {
  const times = { event_times: set.event_time, label_ends: set.label_end };
  const folds = purgedWalkForward({ ...times, folds: profile.folds, min_train_rows: profile.min_train_rows, embargo_ms: 0 });
  assertNoLeak(folds, { ...times, known_at: set.known_at });
  return {
    dataset: manifest.sha256,
    feature_names: [...manifest.feature_names],
    label: "y",
    params: profile.params,
    rounds: profile.rounds,
    seeds: [...profile.seeds],
    folds,
    device,
    label_shuffle: LABEL_SHUFFLE,
  };
}
