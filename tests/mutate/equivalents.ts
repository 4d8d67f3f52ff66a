import { BACKTEST } from "./equivalents/backtest.ts";
import { BRONZE } from "./equivalents/bronze.ts";
import { CALIBRATION } from "./equivalents/calibration.ts";
import { DAG } from "./equivalents/dag.ts";
import { DOMAIN } from "./equivalents/domain.ts";
import type { Equivalent } from "./equivalents/equivalent.ts";
import { FEATURES } from "./equivalents/features.ts";
import { LABELS } from "./equivalents/labels.ts";
import { METRICS } from "./equivalents/metrics.ts";
import { MLFLOW } from "./equivalents/mlflow.ts";
import { MODELS } from "./equivalents/models.ts";
import { MONITORING } from "./equivalents/monitoring.ts";
import { NEWS } from "./equivalents/news.ts";
import { ONNX } from "./equivalents/onnx.ts";
import { VALIDATION } from "./equivalents/validation.ts";
import type { Mutation } from "./mutationsOf.ts";

/**
 * Mutations that npm run mutate does not draw. Each was looked at because no test saw it; whatever a test could tell apart got the test
 * instead. By the rooms that they are of. An entry that matches nothing fails tests/unit/mutate/equivalents.test.ts.
 */
export const EQUIVALENTS: readonly Equivalent[] = [
  ...FEATURES,
  ...METRICS,
  ...BRONZE,
  ...VALIDATION,
  ...MODELS,
  ...BACKTEST,
  ...DOMAIN,
  ...DAG,
  ...NEWS,
  ...MLFLOW,
  ...MONITORING,
  ...LABELS,
  ...CALIBRATION,
  ...ONNX,
];

/** Why a mutation of the file's text changes nothing; null for one that is not known to. */
export function reasonOf(mutation: Mutation & { readonly path: string }, text: string): string | null {
  return EQUIVALENTS.find((known) => isOf(known, mutation, text))?.reason ?? null;
}

function isOf({ path, code, original }: Equivalent, mutation: Mutation & { readonly path: string }, text: string): boolean {
  if (mutation.path !== path || mutation.original !== original) return false;
  for (let at = text.indexOf(code); at >= 0; at = text.indexOf(code, at + 1)) {
    if (at <= mutation.start && mutation.end <= at + code.length) return true;
  }
  return false;
}
