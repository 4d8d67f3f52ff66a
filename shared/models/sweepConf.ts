import { DAY, type Instant } from "../domain/instant.ts";
import { AppError } from "../errors.ts";
import { planTrials, type Sweep, sweepOf } from "./sweepPlan.ts";
import type { TrainingParams } from "./trainingParams.ts";
import { requireTrainingConf, type TrainingProfile, trainingProfileOf } from "./trainingProfile.ts";

export interface SweepConf {
  readonly sweep: Sweep;
  /** The profile with the conf's own parameters, which every trial starts from. */
  readonly profile: TrainingProfile;
  /** What each trial puts in place of the profile's parameters; the first nothing. */
  readonly trials: readonly TrainingParams[];
}

/** What a run of model_sweep is to do, by its conf: that of a training, and `sweep`. Throws invalid_request with the field that is wrong. */
export function sweepConfOf(conf: Readonly<Record<string, unknown>>): SweepConf {
  const { sweep: given, ...training } = conf;
  if (given === undefined) {
    const message = 'conf.sweep: is missing; it is such as {"method": "grid", "params": {"max_depth": [2, 3]}}.';
    throw new AppError("invalid_request", message, { status: 422, details: { field: "conf.sweep" } });
  }
  if (training["pooled"] !== undefined) {
    const message = "conf.pooled: a sweep is of one pair at a time.";
    throw new AppError("invalid_request", message, { status: 422, details: { field: "conf.pooled" } });
  }
  requireTrainingConf(training);
  const sweep = sweepOf(given);
  return { sweep, profile: trainingProfileOf(training), trials: planTrials(sweep) };
}

export function requireSweepConf(conf: Readonly<Record<string, unknown>>): void {
  sweepConfOf(conf);
}

/** The profile of one trial. */
export function trialProfile(conf: Readonly<Record<string, unknown>>, trial: TrainingParams): TrainingProfile {
  const { sweep: _, ...training } = conf;
  return trainingProfileOf({ ...training, params: { ...(training["params"] as object | undefined), ...trial } });
}

/**
 * Until when the trials know anything: so long before the end of the interval that the part behind it, of which no trial sees a label or a
 * row, is enough to judge the chosen model by.
 */
export function selectionEnd({ sweep, profile }: Pick<SweepConf, "sweep" | "profile">, end: Instant): Instant {
  return end - (sweep.holdout_days ?? Math.round(profile.window_days / 4)) * DAY;
}
