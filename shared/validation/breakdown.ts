import { type Instant, toIso } from "../domain/instant.ts";
import { touchesRollover } from "../domain/rollover.ts";
import { SESSIONS, sessionAt } from "../domain/session.ts";
import { dependenceOf } from "../metrics/dependenceOf.ts";
import { type DetailedScores, detailedScores } from "../metrics/detailedScores.ts";
import { type DirectionEvaluation, evaluateDirection } from "../metrics/evaluateDirection.ts";
import type { Interval } from "../metrics/interval.ts";
import { logLossDifference } from "../metrics/logLossDifference.ts";
import { netReturn } from "../metrics/netReturn.ts";

/** What rows are told apart by, where they are of several instruments by them as well. All but `hours` are of rows outside the rollover. */
export const DIMENSIONS = ["instrument", "hours", "session", "month"] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Rows ascending in time, and what was said of each without knowing it. */
export interface BrokenDownRows<Baseline extends string> {
  /** Where the rows are of several: whose each is. */
  readonly instruments?: ArrayLike<string>;
  readonly event_time: ArrayLike<number>;
  readonly label_end: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly p: ArrayLike<number>;
  readonly long_net: ArrayLike<number>;
  readonly short_net: ArrayLike<number>;
  readonly baselines: Readonly<Record<Baseline, ArrayLike<number>>>;
  readonly horizon_bars: number;
}

export interface Part<Baseline extends string>
  extends Pick<DirectionEvaluation, "n" | "base_rate" | "log_loss" | "brier" | "accuracy">,
    DetailedScores {
  readonly by: Dimension;
  /** The instrument; outside_rollover or rollover; a session (shared/domain/session.ts); a month of UTC as 2025-03. */
  readonly key: string;
  /** Mean log loss of the model minus that of each baseline on the part's rows. */
  readonly log_loss_minus: Readonly<Record<Baseline, Interval | null>>;
  /** Mean net result of a trade in every direction, in basis points. */
  readonly net_bp: Interval | null;
}

/**
 * The same figures for parts of the rows: where and when a model does what it does. Nothing is claimed by a part: of forty parts one or two
 * have an interval that leaves out the truth, so a part that stands out is a question and no finding.
 */
export function breakdown<Baseline extends string>(rows: BrokenDownRows<Baseline>): readonly Part<Baseline>[] {
  const all = Array.from(rows.y, (_, row) => row);
  const in_rollover = all.map((row) => touchesRollover(rows.event_time[row]!, rows.label_end[row]!));
  const outside = all.filter((row) => !in_rollover[row]);
  const sessions = grouped(outside, (row) => sessionAt(rows.event_time[row]!));
  const months = grouped(outside, (row) => monthOf(rows.event_time[row]!));
  const { instruments } = rows;
  const named = instruments ? [...grouped(outside, (row) => instruments[row]!)] : [];
  const parts: [Dimension, string, readonly number[]][] = [
    ...named.map(([instrument, own]): [Dimension, string, readonly number[]] => ["instrument", instrument, own]),
    ["hours", "outside_rollover", outside],
    ["hours", "rollover", all.filter((row) => in_rollover[row])],
    ...SESSIONS.map((session): [Dimension, string, readonly number[]] => ["session", session, sessions.get(session) ?? []]),
    ...[...months].map(([month, of_month]): [Dimension, string, readonly number[]] => ["month", month, of_month]),
  ];
  return parts.filter(([, , own]) => own.length > 0).map(([by, key, own]) => partOf(rows, by, key, own));
}

function partOf<Baseline extends string>(
  rows: BrokenDownRows<Baseline>,
  by: Dimension,
  key: string,
  own: readonly number[],
): Part<Baseline> {
  const pick = (values: ArrayLike<number>) => Float64Array.from(own, (row) => values[row]!);
  const { horizon_bars } = rows;
  const event_time = pick(rows.event_time);
  const input = { y: pick(rows.y), p: pick(rows.p), ...dependenceOf(event_time, horizon_bars) };
  const { n, base_rate, log_loss, brier, accuracy } = evaluateDirection(input);
  const minus = Object.entries<ArrayLike<number>>(rows.baselines).map(([name, said]) => {
    const difference = logLossDifference({ ...input, baseline: pick(said) });
    return [name, difference && { estimate: difference.estimate, low: difference.low, high: difference.high }] as const;
  });
  return {
    by,
    key,
    n,
    base_rate,
    log_loss,
    brier,
    accuracy,
    ...detailedScores(input),
    log_loss_minus: Object.fromEntries(minus) as Record<Baseline, Interval | null>,
    net_bp: netReturn({ p: input.p, long_net: pick(rows.long_net), short_net: pick(rows.short_net), horizon_bars, event_time }).net_bp,
  };
}

/** In the order in which the keys first come. */
function grouped<Key>(rows: readonly number[], keyOf: (row: number) => Key): ReadonlyMap<Key, number[]> {
  const groups = new Map<Key, number[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

function monthOf(instant: Instant): string {
  return toIso(instant).slice(0, 7);
}
