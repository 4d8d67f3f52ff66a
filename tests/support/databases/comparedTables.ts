/** What two histories of the same work may differ in. A table that is not named here is compared whole. */
export interface TableRule {
  /** Why it is not compared at all. */
  readonly left_out?: string;
  /** Rows that are not compared: a condition of SQL, and the reason. */
  readonly rows?: { readonly except: string; readonly reason: string };
  /** Columns that are not compared, each with the reason. */
  readonly columns?: Readonly<Record<string, string>>;
  /** What is compared in the place of a number: its name here, to an expression of SQL over the row. */
  readonly named?: Readonly<Record<string, string>>;
  /** Rows of which more columns are not compared: that there is such a row still is. `where` is a condition of SQL. */
  readonly loose?: { readonly where: string; readonly columns: readonly string[]; readonly reason: string };
}

const WRITTEN_AT = "the moment of the write, and not what was written";
const BOOKKEEPING = "the engine's bookkeeping of tries: what a kill costs shows here, and only here";
const OWN_NUMBER = "numbered in the order of events; instruments work side by side";
const OF_ITS_EXPERIMENT = "an experiment is numbered when its first run comes, and instruments train side by side: its name is compared";
const OF_THE_READER = "what a reader of the live web remembers of it, by the wall clock";
const RANDOM = "drawn at random, to tell one request from another";

/** A row's experiment by name, and an artifact's address without the number of its experiment. */
const experimentNameOf = (table: string) => `(SELECT e.name FROM experiments AS e WHERE e.experiment_id = "${table}".experiment_id)`;
const locationIn = (table: string, column: string) =>
  `replace("${table}".${column}, 'mlflow-artifacts:/' || "${table}".experiment_id, 'mlflow-artifacts:/')`;
const ofExperiment = (table: string, location: string | null): TableRule => ({
  columns: { experiment_id: OF_ITS_EXPERIMENT, ...(location === null ? {} : { [location]: OF_ITS_EXPERIMENT }) },
  named: {
    experiment_name: experimentNameOf(table),
    ...(location === null ? {} : { unnumbered_location: locationIn(table, location) }),
  },
});

export const TABLE_RULES: Readonly<Record<string, TableRule>> = {
  store_facts: {
    rows: {
      except: "key IN ('write_probe', 'record_clock') OR key LIKE 'fresh_since:%'",
      reason: "how often somebody asked for the health; the clock of this store's own record, and since when it is live",
    },
  },
  bars: { columns: { ingested_at: WRITTEN_AT } },
  rejects: { columns: { ingested_at: WRITTEN_AT } },
  reject_counts: { columns: { ingested_at: WRITTEN_AT } },
  bronze_objects: { columns: { ingested_at: WRITTEN_AT, validated_at: WRITTEN_AT } },
  feature_rows: {
    rows: {
      except: `EXISTS (SELECT 1 FROM feature_rows AS newer WHERE newer.entity = feature_rows.entity AND newer.view = feature_rows.view
        AND newer.schema_hash = feature_rows.schema_hash AND newer.event_time = feature_rows.event_time
        AND newer.created_time = feature_rows.created_time AND newer.recorded_at > feature_rows.recorded_at)`,
      reason:
        "a version that was replaced: whether a row was built before its last input came is a matter of order; all that read it now read the newest",
    },
    columns: { recorded_at: WRITTEN_AT },
  },
  experiments: ofExperiment("experiments", "artifact_location"),
  experiment_tags: ofExperiment("experiment_tags", null),
  runs: ofExperiment("runs", "artifact_uri"),
  logged_models: ofExperiment("logged_models", "artifact_location"),
  model_versions: { columns: { recorded_at: WRITTEN_AT } },
  model_transitions: { columns: { sequence: OWN_NUMBER, recorded_at: WRITTEN_AT } },
  dag_runs: {
    columns: {
      queued_at: WRITTEN_AT,
      start_date: WRITTEN_AT,
      end_date: WRITTEN_AT,
      deadline_at: "counted from the moment when the run was queued",
      deadline_check_at: "counted from the moment when the run was queued",
      deadline_missed_at: "a run that stood still while its worker was down may be late",
    },
  },
  task_instances: {
    columns: {
      try_number: BOOKKEEPING,
      max_tries: BOOKKEEPING,
      takeovers: BOOKKEEPING,
      lease_token: RANDOM,
      lease_until: BOOKKEEPING,
      not_before: BOOKKEEPING,
      start_date: WRITTEN_AT,
      end_date: WRITTEN_AT,
      first_start_date: WRITTEN_AT,
      cursor: "where the last slice began: a slice that is repeated may be cut elsewhere",
      report: "counts what the last try wrote anew: a try that is repeated after its write finds it done",
    },
  },
  task_attempts: { left_out: BOOKKEEPING },
  missed_runs: { left_out: "which crons a killed ticker or Worker did not fire depends on the kills" },
  news_objects: { columns: { ingested_at: WRITTEN_AT, parsed_at: WRITTEN_AT } },
  // The windows are replayed from the sites' archives, so the moments of knowledge are those of the windows: nothing of them may differ.
  articles: { columns: { ingested_at: WRITTEN_AT } },
  article_rejects: { columns: { ingested_at: WRITTEN_AT } },
  article_scores: { columns: { ingested_at: WRITTEN_AT } },
  news_silver: { columns: { ingested_at: WRITTEN_AT } },
  monitor_readings: {
    loose: {
      where: `"check" = 'infrastructure' AND subject LIKE 'sidecar%'`,
      columns: ["value", "status", "details"],
      reason: "whether the sidecar answers at that moment: it is among those that are killed",
    },
  },
  alerts: {
    rows: { except: `"check" = 'infrastructure' AND subject LIKE 'sidecar%'`, reason: "raised when two looks in a row found it killed" },
    columns: { id: OWN_NUMBER },
  },
  callbacks: {
    rows: {
      except:
        "kind = 'on_deadline_missed' OR (kind = 'alert' AND details->>'check' = 'infrastructure' AND details->>'subject' LIKE 'sidecar%')",
      reason:
        "a run is late by the wall clock, and the windows here are hours old when they run; of the sidecar an alert is raised when it is killed",
    },
    columns: { id: OWN_NUMBER, created_at: WRITTEN_AT, attempts: BOOKKEEPING, next_attempt_at: WRITTEN_AT, delivered_at: WRITTEN_AT },
  },
  backfills: {
    columns: {
      request_id: RANDOM,
      step_token: RANDOM,
      created_at: WRITTEN_AT,
      updated_at: WRITTEN_AT,
      completed_at: WRITTEN_AT,
      cancelled_at: WRITTEN_AT,
    },
  },
  datasets: { columns: { recorded_until: WRITTEN_AT } },
  dead_letters: { columns: { received_at: WRITTEN_AT, replayed_at: WRITTEN_AT } },
  dag_flags: { columns: { changed_at: WRITTEN_AT } },
  predictions: { left_out: "each answer is asked for by somebody, at a moment of theirs" },
  callback_deliveries: { left_out: "who was told of a callback, and when: the callbacks are compared" },
  prediction_totals: { left_out: "as predictions, which it counts" },
  task_totals: { left_out: BOOKKEEPING },
  metric_counters: { left_out: "who asked what, and how long each answer took" },
  metric_writers: { left_out: RANDOM },
  predicted_bars: { left_out: "which rows were asked about, and whether that is settled yet" },
  outcomes: { left_out: "of what was asked, at the moment when it was settled" },
  news_feeds: {
    columns: {
      etag: OF_THE_READER,
      last_modified: OF_THE_READER,
      last_fetched_at: OF_THE_READER,
      last_success_at: OF_THE_READER,
      last_status: OF_THE_READER,
      last_error: OF_THE_READER,
    },
  },
  news_hosts: {
    columns: {
      lease_token: RANDOM,
      lease_until: OF_THE_READER,
      next_request_at: OF_THE_READER,
      robots: "asked for again when it is a day old, and when it was not had: the sandbox is among those that are killed",
      robots_status: OF_THE_READER,
      robots_fetched_at: OF_THE_READER,
      failures: "requests in a row that failed: the sandbox is among those that are killed",
      backoff_until: OF_THE_READER,
    },
  },
};
