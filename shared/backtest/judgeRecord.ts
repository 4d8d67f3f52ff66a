import { touchesRollover } from "../domain/rollover.ts";
import { classIntervals } from "../metrics/classScores.ts";
import { dependenceLag } from "../metrics/dependenceLag.ts";
import { type DetailedScores, detailedScores } from "../metrics/detailedScores.ts";
import { type DirectionEvaluation, evaluateDirection } from "../metrics/evaluateDirection.ts";
import { logLossDifference, type PairedDifference } from "../metrics/logLossDifference.ts";
import type { Skill } from "../models/modelClaim.ts";
import { breakdown, type Part } from "../validation/breakdown.ts";
import { type SkillWord, wordOfSkill } from "../validation/wordOfSkill.ts";
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
  readonly scores: DetailedScores & { readonly intervals: ReturnType<typeof classIntervals> };
  /** By hours, session and month. */
  readonly breakdown: readonly Part<RecordBaseline>[];
  readonly every_direction: Backtest;
  readonly by_rule: Backtest;
  readonly skill: Skill;
  /** For people: what was shown, or that nothing was. */
  readonly verdict: string;
}

/**
 * What the models of an instrument were worth while they were in Production, outside the rollover. The word is the claim's (wordOfSkill.ts),
 * over baselines that need no training, and by a trade of every direction.
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
  const judged = eachBaseline((name) => evaluateDirection({ y, p: said[name], lag, horizon_bars: rows.horizon_bars }));
  const every_direction = backtest(rows, positionOfDirection, 1);
  const word = wordOfSkill({ log_loss_minus, net_bp: every_direction.net_bp });
  return {
    rows: y.length,
    model: evaluateDirection({ y, p, lag, horizon_bars: rows.horizon_bars }),
    baselines: { ...judged, coin: tossed(judged.coin) },
    log_loss_minus,
    scores: { ...detailedScores({ y, p }), intervals: classIntervals({ y, p, horizon_bars: rows.horizon_bars }) },
    breakdown: breakdown({ ...rows, baselines: { coin: new Float64Array(rows.p.length).fill(0.5), base_rate: majority, momentum } }),
    every_direction,
    by_rule: backtest(rows, (probability) => positionBy(rule, probability), 1),
    skill: word.skill,
    verdict: verdictOf(word),
  };
}

/**
 * A coin names either side: it is right in one half of all cases by what it is, whatever came. The rule that 1/2 is a rise would make its
 * accuracy the share of rises.
 */
function tossed(judged: DirectionEvaluation): DirectionEvaluation {
  return { ...judged, accuracy: judged.accuracy && { estimate: 0.5, low: 0.5, high: 0.5 } };
}

function verdictOf({ skill, hardest, not_beaten }: SkillWord<RecordBaseline>): string {
  if (hardest === null) return "No skill shown: too few rows to compare.";
  if (skill === "none") return `No skill shown: not better than ${not_beaten.join(", ")} by more than chance.`;
  const better = "Better than every baseline by more than chance, and";
  return skill === "statistical" ? `${better} not shown to be worth its costs.` : `${better} worth its costs.`;
}

function eachBaseline<Value>(of: (name: RecordBaseline) => Value): Readonly<Record<RecordBaseline, Value>> {
  return { coin: of("coin"), base_rate: of("base_rate"), momentum: of("momentum") };
}
