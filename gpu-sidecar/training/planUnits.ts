import type { RowRange, TrainingSpec } from "../../shared/contracts/training.ts";

/**
 * Work that one child does in one go: some seeds of one fold, which share its DMatrix, a fold with shuffled labels, or the model that is kept.
 */
export type Unit =
  | { readonly kind: "fold"; readonly fold: number; readonly seeds: RowRange }
  | { readonly kind: "shuffled"; readonly fold: number }
  | { readonly kind: "final" };

/** Units a worker, so that the last worker does not work alone for long. */
const UNITS_PER_WORKER = 1.5;

/** Models that a job trains: every seed on every fold and on all rows, and the shuffled labels on every fold where they are asked for. */
export function modelCount(spec: TrainingSpec): number {
  return spec.seeds.length * (spec.folds.length + 1) + (spec.label_shuffle ? spec.folds.length : 0);
}

/**
 * Cuts a job into units, the costliest first, so that processes finish together. More workers than folds split the seeds of a
 * fold; how it is cut has no influence on any number, as every model depends on its fold's rows and its seed alone.
 */
export function planUnits(spec: TrainingSpec, rows: number, workers: number): Unit[] {
  const parts = Math.min(spec.seeds.length, Math.max(1, Math.ceil((workers * UNITS_PER_WORKER) / spec.folds.length)));
  const folds = spec.folds.flatMap((_fold, fold) =>
    seedParts(spec.seeds.length, parts).map((seeds): Unit => ({ kind: "fold", fold, seeds })),
  );
  const shuffled = spec.label_shuffle ? spec.folds.map((_fold, fold): Unit => ({ kind: "shuffled", fold })) : [];
  const units: Unit[] = [...folds, ...shuffled, { kind: "final" }];
  return units
    .map((unit, index) => ({ unit, index, cost: unitCost(spec, rows, unit) }))
    .sort((a, b) => b.cost - a.cost || a.index - b.index)
    .map(({ unit }) => unit);
}

/** Training rows times models: the cost of histogram boosting grows with both. */
function unitCost(spec: TrainingSpec, rows: number, unit: Unit): number {
  if (unit.kind === "final") return rows * spec.seeds.length;
  const train = spec.folds[unit.fold]?.train ?? { start: 0, end: 0 };
  const models = unit.kind === "fold" ? unit.seeds.end - unit.seeds.start : 1;
  return (train.end - train.start) * models;
}

function seedParts(seeds: number, parts: number): RowRange[] {
  return Array.from({ length: parts }, (_part, index) => ({
    start: Math.floor((index * seeds) / parts),
    end: Math.floor(((index + 1) * seeds) / parts),
  }));
}
