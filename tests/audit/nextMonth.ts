import { type Calibrator, calibrate } from "../../shared/calibration/calibrator.ts";
import type { Instant } from "../../shared/domain/instant.ts";
import { touchesRollover } from "../../shared/domain/rollover.ts";
import type { TrainingSet } from "../../shared/features/trainingSet.ts";
import { logLossRows } from "../../shared/metrics/logLoss.ts";
import { predictRows, type TreeEnsemble } from "../../shared/models/treeEnsemble.ts";
import { toMatrix } from "../support/models/trainInProcess.ts";
import { sliceSet } from "./sliceSet.ts";

/** What a model said of an hour after its training, and what came of it. */
export interface LaterRow {
  readonly event_time: Instant;
  readonly in_rollover: boolean;
  readonly is_right: boolean;
  /** Log loss of the training rows' base rate minus that of the model, in nats: positive where the model is better. */
  readonly gain_nats: number;
  /** Result of a trade by the direction rule after the spread; NaN without prices. */
  readonly net_bp: number;
}

export interface AskedModel {
  readonly trees: TreeEnsemble;
  readonly calibrator: Calibrator;
  /** Of its training rows. */
  readonly base_rate: number;
}

/** The model's answers about the rows in `[from, to)`, none of which it was trained on. */
export function laterRows(set: TrainingSet, { trees, calibrator, base_rate }: AskedModel, from: Instant, to: Instant): LaterRow[] {
  const month = sliceSet(set, from, to, Number.POSITIVE_INFINITY);
  const p = predictRows(trees, toMatrix(month).data).map((raw) => calibrate(calibrator, raw));
  const own = logLossRows({ y: month.y, p });
  const constant = logLossRows({ y: month.y, p: month.y.map(() => base_rate) });
  return Array.from(month.y, (y, row) => ({
    event_time: month.event_time[row]!,
    in_rollover: touchesRollover(month.event_time[row]!, month.label_end[row]!),
    is_right: p[row]! >= 0.5 === (y === 1),
    gain_nats: constant[row]! - own[row]!,
    net_bp: 10_000 * (p[row]! >= 0.5 ? month.long_net[row]! : month.short_net[row]!),
  }));
}
