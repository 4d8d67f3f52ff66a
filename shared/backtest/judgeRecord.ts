import { touchesRollover } from "../domain/rollover.ts";
import { dependenceLag } from "../metrics/dependenceLag.ts";
import { type DirectionEvaluation, evaluateDirection } from "../metrics/evaluateDirection.ts";
import { logLossDifference, type PairedDifference } from "../metrics/logLossDifference.ts";
import type { Skill } from "../models/modelClaim.ts";
import { type Backtest, type BacktestRows, backtest } from "./backtest.ts";
import { runningBaselines } from "./runningBaselines.ts";
import { positionBy, positionOfDirection, type TradingRule } from "./tradingRule.ts";

/** What needs no model: a coin, and runningBaselines.ts. */
export const RECORD_BASELINES = ["coin", "base_rate", "momentum"] as const;
export type RecordBaseline = (typeof RECORD_BASELINES)[number];

/** Rows that a model which was in Production then has answered, ascending, with what came of them. */
export interface RecordRows extends BacktestRows {
  readonly y: ArrayLike<number>;
  readonly ret_1: ArrayLike<number>;
}

export interface JudgedRecord {
  /** Rows outside the rollover: all figures are of these. */
  readonly rows: number;
  readonly model: DirectionEvaluation;
  readonly baselines: Readonly<Record<RecordBaseline, DirectionEvaluation>>;
  /** Mean log loss of the model minus that of each; below 0 the model is better. */
  readonly log_loss_minus: Readonly<Record<RecordBaseline, PairedDifference | null>>;
  readonly every_direction: Backtest;
  readonly by_rule: Backtest;
  readonly skill: Skill;
  /** For people: what was shown, or that nothing was. */
  readonly verdict: string;
}

/**
 * What the models of an instrument were worth while they were in Production, outside the rollover. The word is the claim's (judgeSkill.ts):
 * statistical when the robust 95 % interval of the log loss minus that of every baseline lies below 0, net_of_costs when besides the
 * interval of a trade of every direction lies above 0.
 *
 * The record is one trial: it is of whatever was in Production, and not of the best of several.
 */
export function judgeRecord(rows: RecordRows, rule: TradingRule): JudgedRecord {
  const { majority, momentum } = runningBaselines(rows);
  const outside = Array.from(rows.p, (_, row) => row).filter((row) => !touchesRollover(rows.event_time[row]!, rows.label_end[row]!));
  const pick = (values: ArrayLike<number>) => Float64Array.from(outside, (row) => values[row]!);
  const [y, p] = [pick(rows.y), pick(rows.p)];
  const lag = dependenceLag(y.length, rows.horizon_bars);
  const said = { coin: new Float64Array(y.length).fill(0.5), base_rate: pick(majority), momentum: pick(momentum) };
  const log_loss_minus = eachBaseline((name) => logLossDifference({ y, p, baseline: said[name], lag }));
  const every_direction = backtest(rows, positionOfDirection, 1);
  return {
    rows: y.length,
    model: evaluateDirection({ y, p, lag, horizon_bars: rows.horizon_bars }),
    baselines: eachBaseline((name) => evaluateDirection({ y, p: said[name], lag, horizon_bars: rows.horizon_bars })),
    log_loss_minus,
    every_direction,
    by_rule: backtest(rows, (probability) => positionBy(rule, probability), 1),
    ...wordOf(log_loss_minus, every_direction),
  };
}

function wordOf(differences: JudgedRecord["log_loss_minus"], { net_bp }: Backtest): { skill: Skill; verdict: string } {
  const known = RECORD_BASELINES.flatMap((name) => differences[name] ?? []);
  if (known.length < RECORD_BASELINES.length) return { skill: "none", verdict: "No skill shown: too few rows to compare." };
  const not_beaten = RECORD_BASELINES.filter((name) => !(differences[name]!.high < 0));
  if (not_beaten.length > 0) {
    return { skill: "none", verdict: `No skill shown: not better than ${not_beaten.join(", ")} by more than chance.` };
  }
  if (!((net_bp?.low ?? Number.NEGATIVE_INFINITY) > 0)) {
    return { skill: "statistical", verdict: "Better than every baseline by more than chance, and not shown to be worth its costs." };
  }
  return { skill: "net_of_costs", verdict: "Better than every baseline by more than chance, and worth its costs." };
}

function eachBaseline<Value>(of: (name: RecordBaseline) => Value): Readonly<Record<RecordBaseline, Value>> {
  return { coin: of("coin"), base_rate: of("base_rate"), momentum: of("momentum") };
}
