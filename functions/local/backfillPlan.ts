import { sha256Hex } from "../../shared/domain/hash.ts";
import { DAY, HOUR, type Instant, type TimeWindow, toIso } from "../../shared/domain/instant.ts";
import type { RunRequest } from "./workerClient.ts";

export const TRAINING_RHYTHMS = ["daily", "weekly", "monthly", "never"] as const;
export type TrainingRhythm = (typeof TRAINING_RHYTHMS)[number];

export interface BackfillRequest {
  /** The days to replay, whole UTC days. */
  readonly window: TimeWindow;
  readonly train: TrainingRhythm;
  readonly instruments: readonly string[] | null;
}

/** One run, in the order in which history is replayed. */
export interface BackfillStep {
  readonly label: string;
  readonly run: RunRequest;
}

/** A run id has at most 200 characters, and its other parts take about 90. */
const MAX_SCOPE_CHARACTERS = 80;
/** Midnight in Singapore, the nightly training's hour (16:00 UTC). */
const DAILY_HOUR = 16 * HOUR;
/** 1970-01-03: the weekly training is on Saturday 00:00 UTC, after the market's week has closed. */
const FIRST_SATURDAY = 2 * DAY;

/** Features by calendar month, each followed by the trainings that were due in it: as it would have happened then. */
export function planBackfill(request: BackfillRequest): BackfillStep[] {
  let trained_until = request.window.start;
  return monthWindows(request.window).flatMap((month) => {
    const features = { label: `features ${toIso(month.start).slice(0, 7)}`, run: runOf(request, "market_feature_pipeline", month, {}) };
    const trainings = trainingDates(month, request.train).map((end) => {
      const interval = { start: trained_until, end };
      trained_until = end;
      return { label: `training ${toIso(end)}`, run: runOf(request, "model_training", interval, { profile: "backfill" }) };
    });
    return [features, ...trainings];
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

function runOf(request: BackfillRequest, dag_id: string, interval: TimeWindow, conf: Readonly<Record<string, unknown>>): RunRequest {
  return {
    dag_id,
    run_id: `backfill__${dag_id}__${toIso(interval.start)}__${toIso(interval.end)}${scopeOf(request.instruments)}`,
    ...interval,
    conf,
    run_type: "backfill",
    ...(request.instruments === null ? {} : { map_keys: request.instruments }),
  };
}

/** Instruments are part of the name: another choice of them is another run. A long list is told by its hash. */
function scopeOf(instruments: readonly string[] | null): string {
  if (instruments === null) return "";
  const names = instruments.join("-");
  const isShort = names.length <= MAX_SCOPE_CHARACTERS;
  return isShort ? `__${names}` : `__${instruments.length}-instruments-${sha256Hex(names).slice(0, 12)}`;
}
