import type { TrainingSpec } from "../../shared/contracts/training.ts";
import type { ErrorCode } from "../../shared/errors.ts";
import type { Unit } from "./planUnits.ts";

export interface ModelFiles {
  readonly ubj: string;
  readonly json: string;
}

/** What a training child needs before its first unit. */
export interface ChildTask {
  readonly spec: TrainingSpec;
  readonly dataset_path: string;
  readonly library_path: string;
  /** Where the final unit writes the model; the sidecar moves the files into place when the whole job is done. */
  readonly model_paths: ModelFiles;
  /** And where it writes what the model is of each of the spec's parts, by name. */
  readonly part_paths: Readonly<Record<string, ModelFiles>>;
}

export type ToChild = { readonly type: "task"; readonly task: ChildTask } | { readonly type: "unit"; readonly unit: Unit };

/** Where and with what the numbers were made. */
export interface Provenance {
  readonly library_version: string;
  readonly device: "cpu" | "cuda";
}

export interface FoldResult extends Provenance {
  readonly kind: "fold";
  readonly fold: number;
  readonly first_seed: number;
  /** One array a seed, over the fold's test rows. */
  readonly predictions: readonly Float32Array[];
  /** How often the trees of each seed's model split. */
  readonly splits: readonly number[];
  /** How many rounds each was trained. */
  readonly rounds: readonly number[];
}

export interface ShuffledResult extends Provenance {
  readonly kind: "shuffled";
  readonly fold: number;
  /** Over the fold's test rows. */
  readonly predictions: Float32Array;
}

/** A model as it was written, loaded again. */
export interface KeptModel {
  /** The dataset's rows that it was asked about, and what it said of them. */
  readonly parity_rows: readonly number[];
  readonly parity: Float32Array;
  readonly total_gain: ReadonlyMap<string, number>;
  readonly splits: number;
}

export interface FinalResult extends Provenance, KeptModel {
  readonly kind: "final";
  readonly parts: Readonly<Record<string, KeptModel>>;
  /** Of each seed's model. */
  readonly rounds: readonly number[];
}

export type UnitResult = FoldResult | ShuffledResult | FinalResult;

export interface ChildFailure {
  readonly code: ErrorCode;
  readonly message: string;
}

export type FromChild =
  | { readonly type: "model_done" }
  | { readonly type: "unit_done"; readonly result: UnitResult }
  | { readonly type: "failed"; readonly failure: ChildFailure };
