import { calibrateTraining } from "../../shared/calibration/calibrateTraining.ts";
import { type Calibrator, calibrate } from "../../shared/calibration/calibrator.ts";
import { DAY, type Instant } from "../../shared/domain/instant.ts";
import type { TrainingSet } from "../../shared/features/trainingSet.ts";
import { meanMargin } from "../../shared/models/meanMargin.ts";
import { parseTreeEnsemble } from "../../shared/models/parseTreeEnsemble.ts";
import { TRAINING_DELAY_MS } from "../../shared/models/trainingDelay.ts";
import type { TrainingProfile } from "../../shared/models/trainingProfile.ts";
import { predictRows, type TreeEnsemble } from "../../shared/models/treeEnsemble.ts";
import { toMatrix, trainInProcess } from "../support/models/trainInProcess.ts";
import { answeringModels, SCHEDULES, type Schedule, trainingMoments } from "./schedules.ts";
import { sliceSet } from "./sliceSet.ts";

interface Trained {
  readonly trees: TreeEnsemble;
  readonly calibrator: Calibrator;
  readonly cpu_ms: number;
}

export interface ReplayedSchedule {
  readonly schedule: Schedule;
  readonly trainings: number;
  /** Processor time of its trainings, folds and calibration included. */
  readonly cpu_ms: number;
  /** Of each row of the set what its model of the hour said; NaN before the first one. */
  readonly p: Float64Array;
}

/**
 * What models of each schedule would have said of a set's rows in `[from, to)`: each trained as the product does, on the profile's days
 * before its moment, of which nothing was decided later than that, and there after the declared delay. A moment that several schedules
 * have in common is trained once, and counted for each.
 */
export async function replaySchedules(
  set: TrainingSet,
  profile: TrainingProfile,
  { from, to }: { from: Instant; to: Instant },
): Promise<ReplayedSchedule[]> {
  const trained = new Map<Instant, Trained>();
  const replayed: ReplayedSchedule[] = [];
  for (const schedule of Object.keys(SCHEDULES) as Schedule[]) {
    const moments = trainingMoments(schedule, from, to);
    for (const as_of of moments) if (!trained.has(as_of)) trained.set(as_of, await train(set, profile, as_of));
    const models = moments.map((as_of) => trained.get(as_of)!);
    const p = answersOf(set, models, moments, to);
    replayed.push({ schedule, trainings: models.length, cpu_ms: models.reduce((sum, { cpu_ms }) => sum + cpu_ms, 0), p });
  }
  return replayed;
}

async function train(set: TrainingSet, profile: TrainingProfile, as_of: Instant): Promise<Trained> {
  const own = sliceSet(set, as_of - profile.window_days * DAY, as_of, as_of);
  const before = process.cpuUsage();
  const { spec, result, model } = await trainInProcess(own, profile);
  const { rows, predictions } = result.out_of_fold;
  const raw = meanMargin(predictions);
  const { record } = calibrateTraining({ set: own, folds: spec.folds, rows, raw, horizon_bars: profile.horizon_bars });
  const { user, system } = process.cpuUsage(before);
  return { trees: parseTreeEnsemble(model, set.feature_names), calibrator: record.calibrator, cpu_ms: (user + system) / 1_000 };
}

function answersOf(set: TrainingSet, models: readonly Trained[], moments: readonly Instant[], to: Instant): Float64Array {
  const available_at = moments.map((as_of) => as_of + TRAINING_DELAY_MS);
  const answering = answeringModels(available_at, set.event_time);
  const p = new Float64Array(set.y.length).fill(Number.NaN);
  for (const [index, { trees, calibrator }] of models.entries()) {
    const rows = Array.from(answering.keys()).filter((row) => answering[row] === index && set.event_time[row]! < to);
    if (rows.length === 0) continue;
    const pick = (column: Float64Array) => Float64Array.from(rows, (row) => column[row]!);
    const { data } = toMatrix({ ...set, y: pick(set.y), features: set.features.map(pick) });
    for (const [at, raw] of predictRows(trees, data).entries()) p[rows[at]!] = calibrate(calibrator, raw);
  }
  return p;
}
