import { touchesRollover } from "../domain/rollover.ts";
import type { ChallengeRows } from "./judgeChallenge.ts";

/**
 * Rows are compared where the challenger's fold had at least this share of the champion's training rows. Its first folds have few, which
 * says nothing of the model that is kept, and would favour whichever of the two had the older data.
 */
const LIKE_SHARE = 2 / 3;

/** What a champion says of a row that it was not trained on, and how many rows the model had seen that says it. */
export interface ChampionAnswer {
  readonly p: number;
  readonly trained_rows: number;
}

export interface ChallengerRows extends Omit<ChallengeRows, "challenger" | "champion"> {
  readonly event_time: ArrayLike<number>;
  readonly label_end: ArrayLike<number>;
  /** Out of fold. */
  readonly p: ArrayLike<number>;
  /** Rows that the fold's model was trained on. */
  readonly trained_rows: ArrayLike<number>;
  /** Rows that the model is trained on which is kept. */
  readonly kept_rows: number;
}

/** The challenger's rows outside the rollover that the champion has an answer to, by event time, and where like is compared with like. */
export function challengeRows(rows: ChallengerRows, answers: ReadonlyMap<number, ChampionAnswer>): ChallengeRows {
  const both = Array.from(rows.p, (_, row) => row).filter((row) => {
    const answer = answers.get(rows.event_time[row]!);
    if (answer === undefined || touchesRollover(rows.event_time[row]!, rows.label_end[row]!)) return false;
    return rows.trained_rows[row]! >= LIKE_SHARE * Math.min(answer.trained_rows, rows.kept_rows);
  });
  const pick = (values: ArrayLike<number>) => Float64Array.from(both, (row) => values[row]!);
  return {
    y: pick(rows.y),
    challenger: pick(rows.p),
    champion: Float64Array.from(both, (row) => answers.get(rows.event_time[row]!)!.p),
    long_net: pick(rows.long_net),
    short_net: pick(rows.short_net),
    horizon_bars: rows.horizon_bars,
  };
}
