import type { Fold, ModelPart, TrainingSpec } from "../../../shared/contracts/training.ts";
import { byCount } from "../../../shared/domain/byCount.ts";
import { counted } from "../../../shared/domain/counted.ts";
import { toIso } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import { instrumentFlag } from "../../../shared/features/instrumentView.ts";
import type { TrainingProfile } from "../../../shared/models/trainingProfile.ts";
import { assertNoLeak, type RowTimes } from "../../../shared/validation/assertNoLeak.ts";
import { innerFold } from "../../../shared/validation/innerFold.ts";
import { shuffledBlockRows } from "../../../shared/validation/shuffledBlockRows.ts";
import { purgedWalkForward } from "../../../shared/validation/walkForward.ts";
import { wholeMoments } from "../../../shared/validation/wholeMoments.ts";
import type { DatasetFile } from "./readDataset.ts";
import type { TrainingTimes } from "./trainingSetParquet.ts";

/** Columns of the training set between which a label lasts. */
const LABEL_TIMES = { start: "event_time", end: "label_end" } as const;

export interface SpecSource {
  readonly manifest: Pick<DatasetFile["manifest"], "sha256" | "feature_names">;
  readonly set: TrainingTimes;
  /** What the model is to be given as, beside what it is: of a pooled one, of each pair. */
  readonly parts?: readonly ModelPart[];
}

/** What the sidecar is asked to do with a dataset: purged walk-forward folds, computed here and checked before they leave. */
export function trainingSpecOf(
  { manifest, set, parts = [] }: SpecSource,
  profile: TrainingProfile,
  device: TrainingSpec["device"],
): TrainingSpec {
  const times = { event_times: set.event_time, label_ends: set.label_end };
  const cut = purgedWalkForward({ ...times, folds: profile.folds, min_train_rows: untestedRows(profile, set), embargo_ms: 0 });
  const folds = profile.pooled === null ? cut : wholeMoments(cut, set.event_time);
  assertNoLeak(folds, { ...times, known_at: set.known_at });
  const { horizon_bars } = profile;
  return {
    dataset: manifest.sha256,
    feature_names: [...manifest.feature_names],
    label: "y",
    params: profile.params,
    rounds: profile.rounds,
    seeds: [...profile.seeds],
    folds,
    device,
    label_shuffle: { seed: 1, block_rows: shuffledBlockRows(horizon_bars, profile.pooled?.length) },
    ...(horizon_bars === 1
      ? {}
      : { uniqueness: { ...LABEL_TIMES, ...(profile.pooled ? { among: profile.pooled.map(instrumentFlag) } : {}) } }),
    ...earlyStopping(profile, folds, { ...times, known_at: set.known_at }),
    ...(parts.length === 0 ? {} : { parts: [...parts] }),
  };
}

/**
 * Rows before the first test block: the profile's fewest, or all of those that the sweep which chose the parameters knew, so that nothing is
 * judged by what it was chosen by.
 */
function untestedRows({ sweep, pooled, min_train_rows }: TrainingProfile, { event_time }: TrainingTimes): number {
  if (sweep === null) return min_train_rows * (pooled?.length ?? 1);
  const known = event_time.reduce((rows, time) => (time < sweep.tested_from ? rows + 1 : rows), 0);
  if (known >= min_train_rows) return known;
  throw new AppError(
    "not_enough_data",
    `Only ${counted(known, "row")} ${byCount(known, "lies", "lie")} before ${toIso(sweep.tested_from)}, from where on the model is judged; the profile needs ${min_train_rows} to train on.`,
    { details: { known, min_train_rows } },
  );
}

/** The rounds of each fold, and of the model that is kept, are chosen by a fold within its own training rows. */
function earlyStopping(
  { early_stopping_rounds }: TrainingProfile,
  folds: readonly Fold[],
  times: RowTimes,
): Pick<TrainingSpec, "early_stopping"> {
  if (early_stopping_rounds === 0) return {};
  const within = (rows: number) => {
    const inner = innerFold(times, rows);
    assertNoLeak([inner], times);
    return inner;
  };
  const early_stopping = {
    patience: early_stopping_rounds,
    folds: folds.map(({ train }) => within(train.end)),
    model: within(times.event_times.length),
  };
  return { early_stopping };
}
