import type { ErrorCode } from "./errors.ts";

/** What a kind of problem is called, whatever it was about, and what usually helps; null where each message says so itself. */
export interface ProblemKind {
  readonly title: string;
  readonly hint: string | null;
}

const SCHEMA = "GET /openapi.json has each route's fields, their types and limits; field says which one it was.";
const LISTED = "GET /openapi.json and GET / list what there is.";
const LATER = "Ask again after Retry-After, or in a few seconds.";
const IN_HEALTH = "GET /health names the part and what to do about it.";
const IN_LOGS = "fx logs shows every try of the run, with its reason.";

/** Every code, so that none can reach a caller unnamed. The table in docs/errors.md is held to it by a test. */
export const PROBLEM_KINDS: Readonly<Record<ErrorCode, ProblemKind>> = {
  address_refused: {
    title: "An address that is not asked",
    hint: "Only public addresses over http and https are asked, unless a setting allows others.",
  },
  backfill_ended: { title: "The backfill has ended", hint: "Begin another one; what is done already is not done again." },
  bad_json: {
    title: "The body is no JSON",
    hint: "Send UTF-8 JSON with Content-Type: application/json, each name once in an object and not nested deeper than 32.",
  },
  body_too_large: { title: "The body is too large", hint: "Send it in several parts; context.max_bytes is the limit, where there is one." },
  body_too_slow: { title: "The body did not come in time", hint: "Send it at once, or in several parts over a slow line." },
  cancelled: { title: "It was cancelled", hint: null },
  cursor_malformed: { title: "A task's bookmark cannot be read", hint: IN_LOGS },
  data_check_failed: { title: "A data check failed", hint: IN_LOGS },
  dataset_unknown: { title: "No such data set", hint: "GET /api/datasets lists them." },
  deadline_exceeded: { title: "It took too long", hint: "Ask for less at once, or again." },
  feed_malformed: { title: "A feed that cannot be read", hint: null },
  features_missing: { title: "There are no features of that moment", hint: "fx status shows how far each pipeline is." },
  feedback_contradicts: {
    title: "Feedback that contradicts an earlier one",
    hint: "The first one stands; GET /predictions/{id} shows it.",
  },
  features_stale: { title: "The newest features are too old to predict from", hint: "fx status shows which pipeline is behind." },
  forbidden: { title: "Not allowed", hint: "docs/access.md says who may do what, and fx keys makes and lists keys." },
  invalid_candle: { title: "A candle that cannot be", hint: null },
  invalid_dag: { title: "A pipeline that is defined wrongly", hint: null },
  invalid_model: { title: "A model that cannot be read", hint: null },
  invalid_request: { title: "The request is not as the route takes it", hint: SCHEMA },
  invalid_timestamp: { title: "A time that cannot be read", hint: "Write it in ISO 8601 with its offset, like 2026-07-15T10:00:00Z." },
  job_lost: { title: "The sidecar was ended while it worked", hint: "Begin the job again." },
  job_not_ready: { title: "The job has not ended", hint: LATER },
  job_unknown: { title: "No such job", hint: null },
  leak_detected: { title: "A leak was found", hint: "docs/leaks.md says what each check looks for." },
  lease_expired: { title: "A try that no longer had the task", hint: null },
  library_missing: { title: "A library of the sidecar is missing", hint: "Run the command in context.command." },
  method_not_allowed: { title: "The method is not allowed here", hint: "Allow names those that are." },
  mixed_markets: { title: "Two markets may not be in one store", hint: "Take another store (--store FOLDER) for it." },
  model_corrupt: { title: "A model's file is not the one that was promoted", hint: "fx models rollback goes back to the one before." },
  no_production_model: {
    title: "There is no model in Production",
    hint: "npm run fx -- backfill trains one; fx status shows how far it is.",
  },
  not_enough_data: { title: "There is not enough data for it", hint: null },
  not_found: { title: "There is no such thing", hint: LISTED },
  object_conflict: { title: "Another one is there under that name", hint: null },
  port_in_use: { title: "A port is in use", hint: null },
  process_failed: { title: "A process failed", hint: null },
  promotion_refused: { title: "The model may not be promoted", hint: "fx models shows each check with its figures." },
  queue_full: { title: "Too much is waiting", hint: LATER },
  rate_limited: { title: "Asked too often", hint: "Ask again after Retry-After; RateLimit tells how much is left." },
  robots_refused: { title: "The site's robots.txt forbids it", hint: null },
  report_malformed: { title: "A task's report cannot be read", hint: IN_LOGS },
  report_missing: { title: "A task's report is missing", hint: IN_LOGS },
  run_exists: { title: "There is such a run already", hint: "fx runs shows it; fx clear does its tasks again." },
  schema_mismatch: { title: "It was made for another schema", hint: null },
  sidecar_unavailable: { title: "The sidecar does not answer", hint: IN_HEALTH },
  sidecar_version: { title: "A sidecar of another version", hint: "Bring the Worker and its sidecars to the same release." },
  sensor_timeout: { title: "What a task waited for did not come", hint: IN_LOGS },
  source_rejected: { title: "A source refused the request", hint: null },
  source_unavailable: { title: "A source does not answer", hint: LATER },
  store_unavailable: { title: "A store does not answer", hint: IN_HEALTH },
  task_running: { title: "A task is running", hint: "Wait for its end, or mark it first." },
  task_timeout: { title: "A task took too long", hint: IN_LOGS },
  training_failed: { title: "The training failed", hint: IN_LOGS },
  unexpected_content: { title: "An answer of another kind than was asked for", hint: null },
  unknown_backfill: { title: "No such backfill", hint: "GET /api/v2/backfills lists them." },
  unknown_dag: { title: "No such pipeline", hint: "GET /api/v2/dags lists them." },
  unknown_dead_letter: { title: "No such dead letter", hint: null },
  unknown_feature: { title: "No such feature", hint: "GET /api/features lists them; context.nearest has those of like names." },
  unknown_feature_service: { title: "No such feature service", hint: "GET /api/features lists them." },
  unknown_feature_view: { title: "No such feature view", hint: "GET /api/features lists them." },
  unknown_instrument: {
    title: "No such instrument here",
    hint: "GET /api/store lists those with bars; INSTRUMENTS sets which are collected.",
  },
  unknown_model: { title: "No such model", hint: "fx models lists them." },
  unknown_push_source: { title: "No such push source", hint: null },
  unknown_run: { title: "No such run", hint: "fx runs lists them." },
  unknown_task: { title: "No such task", hint: null },
  url_too_long: { title: "The address is too long", hint: "Ask for less at once, or send it in a body where the route takes one." },
  view_is_derived: { title: "A view that is computed, and takes no rows", hint: null },
  internal: { title: "Something went wrong on our side", hint: "The log has it under request_id." },
};
