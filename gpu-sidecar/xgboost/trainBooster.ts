import { setImmediate as nextTurn } from "node:timers/promises";
import type { TrainingSpec } from "../../shared/contracts/training.ts";
import { AppError } from "../../shared/errors.ts";
import { type Booster, type BoosterSettings, createBooster } from "./booster.ts";
import type { CApi } from "./cApi.ts";
import type { DMatrix } from "./dMatrix.ts";

/** The event loop turns at least this often between rounds, so that the death of the sidecar is noticed. */
const TURN_EVERY_MS = 50;

export interface Rounds {
  readonly most: number;
  /** Looks at the booster after each round, and says whether it is enough. */
  readonly isEnough?: (booster: Booster, round: number) => boolean;
}

/**
 * Trains one model. `nthread` is 1: models run in parallel processes, which costs 32.6 CPU seconds where two OpenMP threads
 * a model cost 52 (8,760 x 60, 25 models), and one thread adds floats in one order, so that results are byte-identical.
 */
export async function trainBooster(
  api: CApi,
  train: DMatrix,
  spec: TrainingSpec,
  seed: number,
  rounds: Rounds = { most: spec.rounds },
): Promise<Booster> {
  const booster = createBooster(api, train, boosterSettings(spec, seed), spec.feature_names);
  try {
    let lastTurn = performance.now();
    for (let round = 0; round < rounds.most; round++) {
      booster.update(round);
      if (round === 0) requireDevice(booster, spec.device);
      if (rounds.isEnough?.(booster, round)) break;
      if (performance.now() - lastTurn < TURN_EVERY_MS) continue;
      await nextTurn();
      lastTurn = performance.now();
    }
    return booster;
  } catch (error) {
    booster.free();
    throw error;
  }
}

export function boosterSettings(spec: TrainingSpec, seed: number): BoosterSettings {
  return { ...spec.params, objective: "binary:logistic", tree_method: "hist", device: spec.device, nthread: 1, seed, verbosity: 1 };
}

/** XGBoost answers `device=cuda` without a usable GPU by training on the CPU and saying nothing. */
function requireDevice(booster: Booster, asked: "cpu" | "cuda"): void {
  const real = booster.device();
  if (real === asked) return;
  throw new AppError(
    "training_failed",
    `device "${asked}" was asked for but XGBoost trained on "${real}": no usable GPU was found (see nvidia-smi and CUDA_VISIBLE_DEVICES); submit with device "${real}" or run the sidecar on a GPU host`,
    { details: { asked, real } },
  );
}
