import type { Instant } from "../domain/instant.ts";
import type { Backlog } from "./monitorStore.ts";
import type { PredictionSource } from "./predictionLog.ts";

/** A part of a counter: what came to it since it was last written. */
export interface CounterDelta {
  readonly name: string;
  /** A JSON object of texts. */
  readonly labels: string;
  readonly value: number;
}

/** What one isolate adds. Repeated with the same writer and sequence it adds nothing. */
export interface CounterAddition {
  readonly writer: string;
  /** From 1 on, one more with each addition. */
  readonly sequence: number;
  readonly written_at: Instant;
  readonly deltas: readonly CounterDelta[];
}

/** Answers of one instrument and source whose latency fell into one bucket (shared/monitoring/durationBounds.ts). */
export interface PredictionTotal {
  readonly instrument: string;
  readonly is_past: boolean;
  readonly source: PredictionSource;
  readonly bucket: number;
  readonly answers: number;
  readonly latency_us: number;
}

/** Tries of the tasks of a DAG that ended so, and lasted so long. */
export interface TaskTotal {
  readonly dag_id: string;
  readonly state: string;
  readonly bucket: number;
  readonly tries: number;
  readonly duration_ms: number;
  readonly last_end: Instant;
}

/** What is counted and what waits, as the store stands. */
export interface StoreMetrics {
  readonly predictions: readonly PredictionTotal[];
  readonly tasks: readonly TaskTotal[];
  readonly counters: readonly CounterDelta[];
  readonly due_tasks: Backlog;
  readonly callbacks: Backlog;
  readonly dead_letters: Backlog;
  /** Of the database's file; null where it does not say. */
  readonly database_bytes: number | null;
}

export interface MetricStore {
  add(addition: CounterAddition): Promise<void>;
  read(now: Instant): Promise<StoreMetrics>;
  /** Asks for nothing, to see how long that takes. */
  ping(): Promise<void>;
}
