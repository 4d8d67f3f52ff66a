import { type Position, positionBy, positionOfDirection, type TradingRule } from "../backtest/tradingRule.ts";
import { counted } from "../domain/counted.ts";
import { dependenceLag } from "../metrics/dependenceLag.ts";
import type { Interval } from "../metrics/interval.ts";
import { logLossDifference, type PairedDifference } from "../metrics/logLossDifference.ts";
import { meanInterval } from "../metrics/meanInterval.ts";

const BP = 10_000;

/** When a staged version that is sound takes the place of the one in Production. */
export interface ChallengeRule {
  /** From this age on, counted from data to data, a challenger need not be better: it is enough that it is not shown to be worse. */
  readonly max_age_days: number;
  /** How much less than the champion it may earn in a bar, net of costs, in basis points. */
  readonly tolerated_net_bp: number;
}

/**
 * Seven days: a week's data is 1 to 2 % of what a model is trained on, so a younger champion is hardly stale, and monitoring warns of one
 * that is older than nine. A tenth of a basis point a bar is less than a tenth of the narrowest pair's spread: what a fit may lose by chance.
 */
export const CHALLENGE_RULE: ChallengeRule = { max_age_days: 7, tolerated_net_bp: 0.1 };

/** Fewer rows than this that both answered decide nothing: a lag of a trading day needs as many (dependenceLag.ts). */
export const MIN_COMPARED_ROWS = 500;

/** Rows outside the rollover, ascending in time, to which both had an answer without having been trained on them. */
export interface ChallengeRows {
  readonly y: ArrayLike<number>;
  readonly challenger: ArrayLike<number>;
  readonly champion: ArrayLike<number>;
  /** Log return after the spread of a long and of a short trade; NaN without bid and ask. */
  readonly long_net: ArrayLike<number>;
  readonly short_net: ArrayLike<number>;
  readonly horizon_bars: number;
}

export interface ChallengeInput {
  readonly rows: ChallengeRows;
  /** Days between the ends of the two models' data. */
  readonly champion_age_days: number;
  readonly rule: ChallengeRule;
  readonly trading_rule: TradingRule;
}

export interface Challenge {
  readonly replaces: boolean;
  /** Challenger minus champion; below 0 the challenger is better. Null with too few rows. */
  readonly log_loss_minus: PairedDifference | null;
  /** Challenger minus champion, net result of a bar in basis points: in every direction, and by the trading rule. */
  readonly net_bp_minus: { readonly every_direction: Interval | null; readonly by_rule: Interval | null };
  readonly reason: string;
}

/**
 * Whether a challenger takes the champion's place. Both are held against the same rows, row by row (Diebold & Mariano 1995), with the
 * Newey-West interval of a trading day's lag; "by more than chance" is its 95 % interval.
 *
 * 1. It earns less than the champion by more than the bound, by more than chance: no.
 * 2. Its log loss is lower by more than chance: yes.
 * 3. The champion is younger than max_age_days: no.
 * 4. Its log loss is higher by more than chance: no. Else yes: of two that are equally good, the one that knows more of the present.
 *
 * With fewer than MIN_COMPARED_ROWS rows nothing is shown, and the champion's age alone decides.
 */
export function judgeChallenge(input: ChallengeInput): Challenge {
  const { rows, champion_age_days, rule } = input;
  const is_old = champion_age_days >= rule.max_age_days;
  const age = `the champion's data is ${champion_age_days.toFixed(1)} days older, and ${rule.max_age_days} make it old`;
  if (rows.y.length < MIN_COMPARED_ROWS) {
    const few = `${counted(rows.y.length, "row")} that both answered unseen, and ${MIN_COMPARED_ROWS} are needed to compare`;
    return { replaces: is_old, log_loss_minus: null, net_bp_minus: { every_direction: null, by_rule: null }, reason: `${few}; ${age}` };
  }
  const lag = dependenceLag(rows.y.length, rows.horizon_bars);
  const log_loss_minus = logLossDifference({ y: rows.y, p: rows.challenger, baseline: rows.champion, lag })!;
  const net_bp_minus = {
    every_direction: netDifference(rows, positionOfDirection, lag),
    by_rule: netDifference(rows, (probability) => positionBy(input.trading_rule, probability), lag),
  };
  const word = wordOf(log_loss_minus, net_bp_minus, is_old, rule);
  const measured = `log loss minus the champion's ${describe(log_loss_minus, 5)} nats on ${counted(rows.y.length, "row")} that both answered unseen`;
  const net = `net result of a bar minus the champion's ${describe(net_bp_minus.every_direction, 3)} bp in every direction, ${describe(net_bp_minus.by_rule, 3)} by the trading rule`;
  return { replaces: word.replaces, log_loss_minus, net_bp_minus, reason: `${word.why}; ${measured}; ${net}; ${age}` };
}

function wordOf(
  log_loss_minus: PairedDifference,
  net: Challenge["net_bp_minus"],
  is_old: boolean,
  { tolerated_net_bp }: ChallengeRule,
): { readonly replaces: boolean; readonly why: string } {
  const earns_less = Object.values(net).some((interval) => interval !== null && interval.high < -tolerated_net_bp);
  if (earns_less) return { replaces: false, why: `it earns less by more than ${tolerated_net_bp} bp a bar and by more than chance` };
  if (log_loss_minus.high < 0) return { replaces: true, why: "better by more than chance" };
  if (!is_old) return { replaces: false, why: "not better by more than chance" };
  if (log_loss_minus.low > 0) return { replaces: false, why: "worse by more than chance, though the champion is old" };
  return { replaces: true, why: "not shown to be worse than an old champion" };
}

/** Mean over the rows with a price; a bar without a position earns 0. */
function netDifference(
  { challenger, champion, long_net, short_net }: ChallengeRows,
  position: (probability: number) => Position,
  lag: number,
): Interval | null {
  const netOf = (side: Position, row: number) => (side === 0 ? 0 : side === 1 ? long_net[row]! : short_net[row]!);
  const differences = Float64Array.from(
    challenger,
    (probability, row) => BP * (netOf(position(probability), row) - netOf(position(champion[row]!), row)),
  ).filter((difference) => Number.isFinite(difference));
  return meanInterval(differences, { lag: Math.min(lag, Math.max(0, differences.length - 1)) });
}

function describe(interval: Interval | null, digits: number): string {
  if (interval === null) return "not known";
  const [estimate, low, high] = [interval.estimate, interval.low, interval.high].map((value) => value.toFixed(digits));
  return `${estimate} (95 % interval ${low} to ${high})`;
}
