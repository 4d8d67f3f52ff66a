import type { BackfillBody } from "../../../shared/contracts/backfills.ts";
import { DAY, HOUR, type Instant, type TimeWindow, toIso } from "../../../shared/domain/instant.ts";

export const TRAINING_RHYTHMS = ["daily", "weekly", "monthly", "never"] as const;
export type TrainingRhythm = (typeof TRAINING_RHYTHMS)[number];

export interface BackfillRequest {
  /** The days to replay, whole UTC days. */
  readonly window: TimeWindow;
  readonly train: TrainingRhythm;
  readonly instruments: readonly string[] | null;
}

/** One backfill of the engine, of one interval, in the order in which history is replayed. */
export interface BackfillStep {
  readonly label: string;
  readonly backfill: BackfillBody;
}

/** Midnight in Singapore, the nightly training's hour (16:00 UTC). */
const DAILY_HOUR = 16 * HOUR;
/** 1970-01-03: the weekly training is on Saturday 00:00 UTC, after the market's week has closed. */
const FIRST_SATURDAY = 2 * DAY;

/** Features of the market and of the news by calendar month, followed by the trainings that were due in it: as it would have happened then. */
export function planBackfill(request: BackfillRequest): BackfillStep[] {
  let trained_until = request.window.start;
  return monthWindows(request.window).flatMap((month) => {
    const name = toIso(month.start).slice(0, 7);
    const features = { label: `features ${name}`, backfill: backfillOf(request, "market_feature_pipeline", month) };
    const news = { label: `news ${name}`, backfill: { ...backfillOf(request, "news_feature_pipeline", month), ...READ_AGAIN } };
    const trainings = trainingDates(month, request.train).map((end) => {
      const interval = { start: trained_until, end };
      trained_until = end;
      return { label: `training ${toIso(end)}`, backfill: backfillOf(request, "model_training", interval, { profile: "backfill" }) };
    });
    return [features, news, ...trainings];
  });
}

/** The span cut at the first of each month, 00:00 UTC. */
export function monthWindows(window: TimeWindow): TimeWindow[] {
  const months: TimeWindow[] = [];
  for (let start = window.start; start < window.end; ) {
    const date = new Date(start);
    const end = Math.min(window.end, Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1));
    months.push({ start, end });
    start = end;
  }
  return months;
}

/** Moments in `(start, end]` at which a model is trained. */
export function trainingDates(window: TimeWindow, rhythm: TrainingRhythm): Instant[] {
  if (rhythm === "never") return [];
  if (rhythm === "daily") return multiples(window, DAY, DAILY_HOUR);
  if (rhythm === "weekly") return multiples(window, 7 * DAY, FIRST_SATURDAY);
  return multiples(window, DAY, 0).filter((midnight) => new Date(midnight).getUTCDate() === 1);
}

function multiples(window: TimeWindow, period: number, phase: number): Instant[] {
  const found: Instant[] = [];
  const first = Math.floor((window.start - phase) / period) * period + phase;
  for (let at = first; at <= window.end; at += period) if (at > window.start) found.push(at);
  return found;
}

/** News is often imported behind its candles, and once more: what is new in a month that has been read is read and built by its run. */
const READ_AGAIN = { reprocess_behavior: "completed" } as const;

/** One run over the whole interval. What a run covers already is left as it is, and one that failed is run again. */
function backfillOf(
  request: BackfillRequest,
  dag_id: string,
  { start, end }: TimeWindow,
  conf: Record<string, unknown> = {},
): BackfillBody {
  return {
    dag_id,
    from_date: toIso(start),
    to_date: toIso(end),
    step: `${(end - start) / HOUR}h`,
    reprocess_behavior: "failed",
    dag_run_conf: conf,
    ...(request.instruments === null ? {} : { map_keys: [...request.instruments] }),
  };
}
