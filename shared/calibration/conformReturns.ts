import type { RowRange } from "../contracts/training.ts";
import { hourOfDay, wallTime } from "../domain/timeZone.ts";
import { dependenceOf } from "../metrics/dependenceOf.ts";
import { clampInterval } from "../metrics/interval.ts";
import { mean, meanInterval } from "../metrics/meanInterval.ts";
import { decidedRows, type OutOfFoldRows } from "./outOfFoldRows.ts";
import { type ReturnInterval, type ReturnRule, returnBounds, returnSize, VOLATILITY_FEATURE } from "./returnInterval.ts";

/** Share of returns that may go beyond an interval on either side. */
const MISSED_EACH_SIDE = 0.05;
/** Share that it is made to hold. */
export const RETURN_LEVEL = 1 - 2 * MISSED_EACH_SIDE;
/** Rows of the overall mean that are added to those of an hour, so that an hour of few rows is not taken at its word. */
const PRIOR_ROWS = 20;
const BP = 10_000;

/** Out-of-fold rows with what was said and what came of each; NaN where a return or a volatility is not known. */
export interface ReturnRows extends Pick<OutOfFoldRows, "event_time" | "label_end" | "horizon_bars"> {
  /** Calibrated probabilities, each by earlier folds. */
  readonly p: ArrayLike<number>;
  /** Log return of mid from the next bar's open to the last one's close. */
  readonly returns: ArrayLike<number>;
  /** Value of VOLATILITY_FEATURE. */
  readonly volatility: ArrayLike<number>;
}

/**
 * Split-conformal intervals for the return (shared/calibration/returnInterval.ts). The scale, by hour, is fitted on the folds before the
 * last, and the quantiles are those of the last fold, of rank floor((n + 1) MISSED_EACH_SIDE) from either end: were its rows
 * and the row to come exchangeable, the interval would hold that with at least this probability, whatever the return's distribution.
 * They are not: volatility comes in spells, and a market that grows wilder than its last twenty hours widens no interval before it has.
 * So what an interval is worth is measured: each fold from the third on by the rule that could have been made when it began.
 *
 * Null with fewer than three folds, or too few rows with a return: an interval whose coverage was not seen is not given.
 * References: Lei et al. 2018, JASA 113(523); for rows in time's order Barber et al. 2023, Annals of Statistics 51(2).
 */
export function conformReturns(rows: ReturnRows, folds: readonly RowRange[]): ReturnInterval | null {
  const rule = ruleAt(rows, folds);
  const tested = folds.flatMap((fold, index) => {
    const then = index < 2 ? null : ruleAt(rows, folds.slice(0, index), fold.start);
    return then === null ? [] : known(rows, decidedRows(rows, [fold])).map((row) => testOf(rows, row, then));
  });
  const times = tested.map(({ event_time }) => event_time);
  const realised = meanInterval(
    tested.map(({ holds }) => (holds ? 1 : 0)),
    dependenceOf(times, rows.horizon_bars),
  );
  if (rule === null || realised === null) return null;
  const share = (of: (one: Tested) => number) => mean(tested.map(of));
  return {
    level: RETURN_LEVEL,
    volatility: VOLATILITY_FEATURE,
    ...rule,
    realised_coverage: clampInterval(realised, 0, 1),
    realised_rows: tested.length,
    missed_below: share(({ below }) => (below ? 1 : 0)),
    missed_above: share(({ below, holds }) => (below || holds ? 0 : 1)),
    mean_width_bp: share(({ width_bp }) => width_bp),
  };
}

interface Tested {
  readonly event_time: number;
  readonly holds: boolean;
  readonly below: boolean;
  readonly width_bp: number;
}

function testOf(rows: ReturnRows, row: number, rule: ReturnRule): Tested {
  const at = { p: rows.p[row]!, volatility: rows.volatility[row]!, event_time: rows.event_time[row]! };
  const { low, high } = returnBounds(rule, at);
  const came = rows.returns[row]! * BP;
  return { event_time: at.event_time, holds: came >= low && came <= high, below: came < low, width_bp: high - low };
}

/** The rule of these folds, by labels that were decided when the row `before` began; null where there is too little for one. */
function ruleAt(rows: ReturnRows, folds: readonly RowRange[], before?: number): (ReturnRule & { readonly rows: number }) | null {
  const last = folds.at(-1);
  if (last === undefined) return null;
  const by_hour = sizesByHour(rows, known(rows, decidedRows(rows, folds.slice(0, -1), last.start)));
  if (by_hour === null) return null;
  const residuals = known(rows, decidedRows(rows, [last], before))
    .map((row) => residualOf(rows, row, by_hour))
    .sort((a, b) => a - b);
  const rank = Math.floor((residuals.length + 1) * MISSED_EACH_SIDE);
  if (rank < 1) return null;
  return { by_hour, low: residuals[rank - 1]!, high: residuals.at(-rank)!, rows: residuals.length };
}

function residualOf(rows: ReturnRows, row: number, by_hour: readonly number[]): number {
  return rows.returns[row]! / returnSize(by_hour, rows.volatility[row]!, rows.event_time[row]!) - (2 * rows.p[row]! - 1);
}

/** Mean |return| / volatility of each hour on New York's clock, drawn towards that of all rows; null where nothing moved. */
function sizesByHour(rows: ReturnRows, at: readonly number[]): number[] | null {
  const ratio = (row: number) => Math.abs(rows.returns[row]!) / rows.volatility[row]!;
  const overall = mean(at.map(ratio));
  if (!(overall > 0)) return null;
  const hours = Array.from({ length: 24 }, () => ({ sum: PRIOR_ROWS * overall, rows: PRIOR_ROWS }));
  for (const row of at) {
    const hour = hours[hourOfDay(wallTime("America/New_York", rows.event_time[row]!))]!;
    hour.sum += ratio(row);
    hour.rows++;
  }
  return hours.map(({ sum, rows: count }) => sum / count);
}

function known(rows: ReturnRows, at: readonly number[]): number[] {
  return at.filter((row) => Number.isFinite(rows.returns[row]) && rows.volatility[row]! > 0);
}
