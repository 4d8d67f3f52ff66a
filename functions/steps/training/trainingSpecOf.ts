import type { TrainingSpec } from "../../../shared/contracts/training.ts";
import type { TrainingProfile } from "../../../shared/models/trainingProfile.ts";
import { assertNoLeak } from "../../../shared/validation/assertNoLeak.ts";
import { purgedWalkForward } from "../../../shared/validation/walkForward.ts";
import type { Dataset } from "./readDataset.ts";

/** What the sidecar is asked to do with a dataset: purged walk-forward folds, computed here and checked before they leave. */
export function trainingSpecOf({ manifest, set }: Dataset, profile: TrainingProfile, device: TrainingSpec["device"]): TrainingSpec {
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
  };
}
