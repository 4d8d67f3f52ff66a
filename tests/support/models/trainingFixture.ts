import { parquetWriteBuffer } from "hyparquet-writer";
import type { Fold, TrainingSpec } from "../../../shared/contracts/training.ts";
import { boosterParamsSchema } from "../../../shared/contracts/training.ts";
import { sha256Hex } from "../../../shared/domain/hash.ts";
import { createRandom } from "../../../shared/domain/random.ts";

export interface FixtureOptions {
  readonly rows: number;
  readonly features: number;
  readonly missing_share?: number;
  readonly seed?: number;
}

export interface DatasetFixture {
  readonly parquet: Uint8Array;
  readonly sha256: string;
  readonly feature_names: readonly string[];
}

/** A Parquet file of DOUBLE columns with nulls, and a label `y` that the first two features partly decide. */
export function makeDataset({ rows, features, missing_share = 0.03, seed = 1 }: FixtureOptions): DatasetFixture {
  const random = createRandom(seed);
  const feature_names = Array.from({ length: features }, (_name, index) => `f_${index}`);
  const columns = feature_names.map(() => Array.from({ length: rows }, () => (random() < missing_share ? null : random() * 2 - 1)));
  const y = Array.from({ length: rows }, (_value, row) => {
    const drift = (columns[0]?.[row] ?? 0) - 0.5 * (columns[1]?.[row] ?? 0);
    return drift + (random() * 2 - 1) > 0 ? 1 : 0;
  });
  const parquet = writeParquet([...feature_names.map((name, index) => ({ name, data: columns[index] ?? [] })), { name: "y", data: y }]);
  return { parquet, sha256: sha256Hex(parquet), feature_names };
}

export function writeParquet(columns: readonly { readonly name: string; readonly data: readonly (number | null)[] }[]): Uint8Array {
  const columnData = columns.map(({ name, data }) => ({ name, data: [...data], type: "DOUBLE" as const, nullable: true }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

/** Expanding walk-forward folds over equal blocks; a gap of one row stands for the purge. */
export function expandingFolds(rows: number, folds: number): Fold[] {
  const block = Math.floor(rows / (folds + 1));
  return Array.from({ length: folds }, (_fold, index) => {
    const start = block * (index + 1);
    return { train: { start: 0, end: start - 1 }, test: { start, end: start + block } };
  });
}

export function makeSpec(dataset: DatasetFixture, rows: number, changes: Partial<TrainingSpec> = {}): TrainingSpec {
  return {
    dataset: dataset.sha256,
    feature_names: [...dataset.feature_names],
    label: "y",
    params: boosterParamsSchema.parse({ min_child_weight: 1 }),
    rounds: 20,
    seeds: [7, 8],
    folds: expandingFolds(rows, 3),
    device: "cpu",
    ...changes,
  };
}
