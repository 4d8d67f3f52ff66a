/** What two histories of the same work may differ in. A table that is not named here is compared whole. */
export interface TableRule {
  /** Why it is not compared at all. */
  readonly left_out?: string;
  /** Rows that are not compared: a condition of SQL, and the reason. */
  readonly rows?: { readonly except: string; readonly reason: string };
  /** Columns that are not compared, each with the reason. */
  readonly columns?: Readonly<Record<string, string>>;
}

const WRITTEN_AT = "the moment of the write, and not what was written";
const BOOKKEEPING = "the engine's bookkeeping of tries: what a kill costs shows here, and only here";
const OWN_NUMBER = "numbered in the order of events; instruments work side by side";
const RANDOM = "drawn at random, to tell one request from another";

export const TABLE_RULES: Readonly<Record<string, TableRule>> = {
  bars: { columns: { ingested_at: WRITTEN_AT } },
  rejects: { columns: { ingested_at: WRITTEN_AT } },
  bronze_objects: { columns: { ingested_at: WRITTEN_AT, validated_at: WRITTEN_AT } },
  feature_rows: { columns: { ingested_at: WRITTEN_AT } },
  model_transitions: { columns: { sequence: OWN_NUMBER } },
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
  callbacks: {
    rows: {
      except: "kind = 'on_deadline_missed'",
      reason: "a run is late by the wall clock, and the windows here are hours old when they run",
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
  dead_letters: { columns: { received_at: WRITTEN_AT, replayed_at: WRITTEN_AT } },
  dag_flags: { columns: { changed_at: WRITTEN_AT } },
  predictions: { left_out: "each answer is asked for by somebody, at a moment of theirs" },
  news_feeds: { left_out: "when a feed was asked last, and what its cache says: the state of a reader of the live web" },
  news_hosts: { left_out: "whose turn it is to ask a host, by the wall clock" },
};
