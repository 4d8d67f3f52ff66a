import type { Instant, TimeWindow } from "../domain/instant.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { AlertChange, AlertState, StoredAlert } from "../monitoring/alert.ts";
import type { ReadingHistory } from "../monitoring/decideAlert.ts";
import type { Check, Reading } from "../monitoring/reading.ts";
import type { Effect } from "./effect.ts";
import type { Order } from "./order.ts";

export interface ReadingFilter {
  readonly check?: Check;
  readonly subject?: string;
  readonly metric?: string;
}

export const ALERT_ORDERS = ["id", "starts_at", "last_seen_at", "ends_at", "severity"] as const;

export interface AlertsQuery {
  readonly limit: number;
  readonly offset: number;
  readonly state?: AlertState;
  /** Absent: those that fire first, then the newest. */
  readonly order?: Order<(typeof ALERT_ORDERS)[number]>;
}

/** A reading with what is known of the runs before it. */
export interface ReadingInTime extends ReadingHistory {
  readonly reading: Reading;
}

/** The run that tells people of a change. */
export interface AlertOrigin {
  readonly dag_id: string;
  readonly run_id: string;
  readonly task_id: string;
}

/** The pipeline's own prediction of a bar, made in time. */
export interface ServedAnswer {
  readonly event_time: Instant;
  readonly requested_at: Instant;
  readonly probability: number;
  readonly model_version: string;
}

/** A bar's close by the schedule, of one instrument: what market_feature_pipeline made of it. Not one that brought no bar. */
export interface ServedClose {
  readonly instrument: Instrument;
  /** When the bar closed: the end of the run's data interval. */
  readonly close: Instant;
  /** When the cron made the run. */
  readonly queued_at: Instant;
  /** When its row was in the online store: the first try of materialize_market that succeeded has ended. Null: it is not yet. */
  readonly served_at: Instant | null;
}

/** A news source by its feeds: the newest success of any of them. */
export interface NewsSourceState {
  readonly source: string;
  readonly feeds: number;
  readonly last_success_at: Instant | null;
  readonly last_fetched_at: Instant | null;
  /** Code and message of the feeds that failed last. */
  readonly errors: readonly string[];
}

export interface Backlog {
  readonly count: number;
  /** Since when the oldest waits; null when none does. */
  readonly oldest_at: Instant | null;
}

/** How the machinery did in a window, as its end could know. */
export interface OperationFacts {
  /** Tasks and runs that ended as failed in the window and have not run again since, by DAG; without tasks of runs that succeeded nevertheless. */
  readonly failed_tasks: Readonly<Record<string, number>>;
  readonly failed_runs: Readonly<Record<string, number>>;
  /** The newest of them by name, up to ten of each: "train_model (USD_SGD) of model_training scheduled__…". */
  readonly named_tasks: readonly string[];
  readonly named_runs: readonly string[];
  /** Gaps in the schedules that were found in the window and nothing has made up for since. */
  readonly missed_runs: readonly { readonly dag_id: string; readonly window: TimeWindow }[];
  /** Not delivered by the window's end. */
  readonly callbacks: Backlog;
  /** Not replayed by then. */
  readonly dead_letters: Backlog;
  /** Tasks that could have started by then and wait: of running runs, nothing paused, and no pool that makes them queue. */
  readonly due_tasks: Backlog;
  /** Lines of bronze that were validated in the window, and those that were refused, by reason. */
  readonly bronze_lines: number;
  readonly bronze_rejects: Readonly<Record<string, number>>;
}

/** What came into the store in a window, as its end could know. */
export interface QualityFacts {
  /** Lines of candles that were refused, by instrument and reason, and of all instruments. */
  readonly rejects_by_instrument: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly rejects_by_reason: Readonly<Record<string, number>>;
  /** Articles that became known and were read, and those of them that the lexicon alone has read. */
  readonly articles: number;
  readonly read_by_lexicon: number;
}

/** A vector that the pipeline's own prediction was made of. NaN stands for missing. */
export interface ServedVector {
  readonly event_time: Instant;
  readonly model_version: string;
  readonly features: Float64Array;
}

/** What monitoring reads of other parts' tables, and nobody else asks for. */
export interface MonitorFacts {
  /**
   * For each bar end, what the model said of it by itself, asked by the pipeline before it was decided. What users ask is no record: they
   * ask when they like. Ascending by event_time.
   */
  firstAnswers(
    instrument: Instrument,
    model_name: string,
    bars: readonly { readonly event_time: Instant; readonly decided_at: Instant }[],
  ): Promise<readonly ServedAnswer[]>;
  /** What the pipeline's own predictions of an instrument's served model were made of, asked in `[start, end)`, ascending. */
  servedVectors(instrument: Instrument, window: TimeWindow): Promise<readonly ServedVector[]>;
  /** Closes in `(start, end]` of the window, as known at its end, ascending. */
  closes(window: TimeWindow): Promise<readonly ServedClose[]>;
  newsSources(): Promise<readonly NewsSourceState[]>;
  quality(window: TimeWindow): Promise<QualityFacts>;
  /** End of the data interval of the newest run of each DAG that has succeeded, up to `until`; those without one are absent. */
  newestSuccesses(dag_ids: readonly string[], until: Instant): Promise<ReadonlyMap<string, Instant>>;
  operations(window: TimeWindow): Promise<OperationFacts>;
}

export interface SeriesQuery {
  readonly check: Check;
  readonly metric: string;
  readonly subjects: readonly string[];
  readonly from: Instant;
  readonly to: Instant;
  readonly step_ms: number;
  readonly limit: number;
}

export interface MonitorStore extends MonitorFacts {
  /** Upserts by (check, subject, metric, measured_at), to be done with the settlement of a step's slice. */
  prepareReadings(readings: readonly Reading[]): Effect;
  /**
   * Drops readings that were measured before `before`; of those before `hourly_before` it keeps the first of each series in an
   * hour of UTC, whatever its minute, and of those before `six_hourly_before` the first in six hours. Drops as well alerts that ended before `before`,
   * whenever they began, and which channels had taken by then what has reached all of them.
   */
  prepareForget(kept: { readonly before: Instant; readonly hourly_before: Instant; readonly six_hourly_before: Instant }): Effect;
  /** The readings of each check's newest run, by check, subject and metric. */
  latest(filter?: ReadingFilter): Promise<readonly Reading[]>;
  /** Readings since then (measured_at >= since), the newest first. */
  history(query: ReadingFilter & { readonly since: Instant; readonly limit: number }): Promise<readonly Reading[]>;
  /**
   * One metric of several subjects in time: of each span of `step_ms` the last reading, ascending by subject and time, at most `limit`.
   * `from <= measured_at < to`.
   */
  series(query: SeriesQuery): Promise<readonly Reading[]>;
  /** The readings measured at `at`, each with its past. */
  readingsInTime(at: Instant): Promise<readonly ReadingInTime[]>;
  /** When the newest reading was measured, of a check or of all; null before the first. */
  newestMeasuredAt(check?: Check): Promise<Instant | null>;
  firing(): Promise<readonly StoredAlert[]>;
  /** Alerts that ended at `since` or later, those that ended last first. */
  endedSince(since: Instant): Promise<readonly StoredAlert[]>;
  alerts(query: AlertsQuery): Promise<{ readonly alerts: readonly StoredAlert[]; readonly total_entries: number }>;
  /**
   * Writes the changes, and a callback for each that people are told of (all but "keep"), to be done with the settlement of a step's
   * slice. Repeated, it changes nothing: an alert that fires already is not fired again, one that has ended is not ended again.
   */
  prepareAlerts(changes: readonly AlertChange[], origin: AlertOrigin): Effect;
}
