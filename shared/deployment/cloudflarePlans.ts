/** What Cloudflare's plans allow, as its documentation said on `READ_ON`. Null: no limit. */
export interface CloudflarePlan {
  readonly name: string;
  /** In an account. */
  readonly crons: number;
  /** Of one invocation at most; the paid plan gives 30,000 unless limits.cpu_ms asks for more. */
  readonly cpu_ms: number;
  readonly memory_mb: number;
  readonly subrequests: number;
  /** Uncompressed. */
  readonly bundle_bytes: number;
  readonly requests_a_day: number | null;
  readonly kv_reads_a_day: number | null;
  readonly kv_writes_a_day: number | null;
  readonly queue_operations_a_day: number | null;
  /** Whether Workers may make Workers (the binding LOADER). */
  readonly has_worker_loaders: boolean;
}

export const READ_ON = "2026-11-30";

const BOTH = { memory_mb: 128, bundle_bytes: 64 * 1024 * 1024 };

export const FREE_PLAN: CloudflarePlan = {
  ...BOTH,
  name: "Workers Free",
  crons: 5,
  cpu_ms: 10,
  subrequests: 50,
  requests_a_day: 100_000,
  kv_reads_a_day: 100_000,
  kv_writes_a_day: 1_000,
  queue_operations_a_day: 10_000,
  has_worker_loaders: false,
};

export const PAID_PLAN: CloudflarePlan = {
  ...BOTH,
  name: "Workers Paid",
  crons: 250,
  cpu_ms: 300_000,
  subrequests: 10_000,
  requests_a_day: null,
  kv_reads_a_day: null,
  kv_writes_a_day: null,
  queue_operations_a_day: null,
  has_worker_loaders: true,
};

/** Of both plans. */
export const QUEUE_MESSAGE_BYTES = 128_000;
