import { touchesRollover } from "../domain/rollover.ts";
import { classIntervals } from "../metrics/classScores.ts";
import { dependenceOf } from "../metrics/dependenceOf.ts";
import { type DetailedScores, detailedScores } from "../metrics/detailedScores.ts";
import { BASELINES, type Baseline, type ComparedEvaluation, compareWithBaselines } from "../metrics/evaluateDirection.ts";
import type { Interval } from "../metrics/interval.ts";
import { type NetResult, netReturn } from "../metrics/netReturn.ts";

/** Which of the out-of-fold rows a figure is of. */
export const HOURS = ["all", "outside_rollover", "rollover"] as const;
export type Hours = (typeof HOURS)[number];

/** Out-of-fold rows, ascending in time, and what was said of each: every list is in the order of the rows. */
export interface JudgedRows {
  readonly event_time: ArrayLike<number>;
  readonly label_end: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly p: ArrayLike<number>;
  readonly long_net: ArrayLike<number>;
  readonly short_net: ArrayLike<number>;
  readonly baselines: Readonly<Record<Baseline, ArrayLike<number>>>;
  readonly horizon_bars: number;
}

export interface HoursEvaluation {
  readonly compared: ComparedEvaluation;
  readonly net: NetResult;
  readonly scores: HoursScores;
}

/** Of the model and its baselines, and the intervals of the model's. */
export interface HoursScores extends Readonly<Record<"model" | Baseline, DetailedScores>> {
  readonly intervals: Readonly<Record<"f1" | "mcc", Interval | null>>;
}

/** Every metric of all rows, of those outside the rollover (shared/domain/rollover.ts), and of the rollover's alone. */
export function compareByHours(rows: JudgedRows): Readonly<Record<Hours, HoursEvaluation>> {
  const in_rollover = Array.from(rows.y, (_, row) => touchesRollover(rows.event_time[row]!, rows.label_end[row]!));
  return {
    all: evaluate(rows, () => true),
    outside_rollover: evaluate(rows, (row) => !in_rollover[row]),
    rollover: evaluate(rows, (row) => in_rollover[row]!),
  };
}

function evaluate(rows: JudgedRows, belongs: (row: number) => boolean): HoursEvaluation {
  const pick = (values: ArrayLike<number>) => Float64Array.from(values).filter((_, row) => belongs(row));
  const [y, p, event_time] = [pick(rows.y), pick(rows.p), pick(rows.event_time)];
  const dependence = dependenceOf(event_time, rows.horizon_bars);
  const baselines = Object.fromEntries(BASELINES.map((name) => [name, pick(rows.baselines[name])])) as Record<Baseline, Float64Array>;
  return {
    compared: compareWithBaselines({
      y,
      p,
      baselines,
      ...dependence,
    }),
    scores: {
      model: detailedScores({ y, p }),
      majority: detailedScores({ y, p: baselines.majority }),
      momentum: detailedScores({ y, p: baselines.momentum }),
      logistic: detailedScores({ y, p: baselines.logistic }),
      intervals: classIntervals({ y, p, horizon_bars: dependence.horizon_bars }),
    },
    net: netReturn({ p, long_net: pick(rows.long_net), short_net: pick(rows.short_net), horizon_bars: rows.horizon_bars, event_time }),
  };
}
