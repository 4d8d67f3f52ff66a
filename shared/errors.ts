/** Every code that an answer or a ledger row can carry. One union, so that a new one is a decision. */
export type ErrorCode =
  | "address_refused"
  | "backfill_ended"
  | "bad_json"
  | "body_too_large"
  | "body_too_slow"
  | "cancelled"
  | "cursor_malformed"
  | "data_check_failed"
  | "dataset_unknown"
  | "deadline_exceeded"
  | "feed_malformed"
  | "features_missing"
  | "feedback_contradicts"
  | "features_stale"
  | "forbidden"
  | "invalid_candle"
  | "invalid_dag"
  | "invalid_model"
  | "invalid_request"
  | "invalid_timestamp"
  | "job_lost"
  | "job_not_ready"
  | "job_unknown"
  | "leak_detected"
  | "lease_expired"
  | "library_missing"
  | "method_not_allowed"
  | "mixed_markets"
  | "model_corrupt"
  | "no_production_model"
  | "not_enough_data"
  | "not_found"
  | "object_conflict"
  | "port_in_use"
  | "process_failed"
  | "promotion_refused"
  | "queue_full"
  | "rate_limited"
  | "robots_refused"
  | "report_malformed"
  | "report_missing"
  | "run_exists"
  | "schema_mismatch"
  | "sidecar_unavailable"
  | "sidecar_version"
  | "sensor_timeout"
  | "source_rejected"
  | "source_unavailable"
  | "store_unavailable"
  | "task_running"
  | "task_timeout"
  | "training_failed"
  | "unexpected_content"
  | "unknown_backfill"
  | "unknown_dag"
  | "unknown_dead_letter"
  | "unknown_feature"
  | "unknown_feature_service"
  | "unknown_feature_view"
  | "unknown_instrument"
  | "unknown_model"
  | "unknown_push_source"
  | "unknown_run"
  | "unknown_task"
  | "url_too_long"
  | "view_is_derived"
  | "internal";

export interface AppErrorOptions {
  /** HTTP status when the error reaches a client. */
  readonly status?: number;
  /** True when the same call may succeed later without anyone changing anything. */
  readonly retryable?: boolean;
  /** Earliest useful retry, in milliseconds from now, where the other side said so. */
  readonly retry_after_ms?: number;
  readonly cause?: unknown;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** The one error type of the project. Adapters translate foreign errors into it. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly status: number;
  readonly retryable: boolean;
  readonly retry_after_ms: number | null;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.status = options.status ?? 500;
    this.retryable = options.retryable ?? false;
    this.retry_after_ms = options.retry_after_ms ?? null;
    this.details = options.details ?? {};
  }
}

/** Narrows and wraps: an AppError stays itself, anything else becomes `internal` with its cause kept. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new AppError("internal", message, { cause: error, retryable: true });
}
