import type { Instant } from "../domain/instant.ts";
import type { Filter } from "./filter.ts";
import type { HappeningKind } from "./notifier.ts";
import type { Order } from "./order.ts";

/** A row of the outbox. The ledger (of an alert: the monitoring) writes it in the transaction of the change that it tells of. */
export interface Callback {
  readonly id: number;
  /** Names the happening: one row a happening. */
  readonly dedupe_key: string;
  readonly kind: HappeningKind;
  readonly dag_id: string;
  readonly run_id: string;
  /** Null for a run. */
  readonly task_id: string | null;
  readonly map_key: string | null;
  readonly try_number: number | null;
  readonly details: Readonly<Record<string, unknown>>;
  readonly created_at: Instant;
  /** Deliveries begun. */
  readonly attempts: number;
  readonly delivered_at: Instant | null;
  readonly last_error: string | null;
}

/** What a list of them may be sorted and filtered by. */
export type CallbackOrder = "id" | "kind" | "dag_id" | "run_id" | "task_id" | "try_number" | "created_at";

export interface CallbacksQuery {
  readonly limit: number;
  readonly offset: number;
  readonly is_delivered?: boolean;
  readonly where?: Filter<CallbackOrder>;
  /** Absent: newest first. */
  readonly order?: readonly Order<CallbackOrder>[];
}

export interface CallbackOutbox {
  /** Takes what is due, oldest first; until `retry_at` nobody else does. A taker that dies leaves it to be taken again then. */
  take(now: Instant, retry_at: Instant, limit: number): Promise<readonly Callback[]>;
  markDelivered(id: number, now: Instant): Promise<void>;
  markFailed(id: number, error: string, retry_at: Instant): Promise<void>;
  list(query: CallbacksQuery): Promise<{
    readonly callbacks: readonly Callback[];
    readonly total_entries: number;
  }>;
}

/** Who has been told what. */
export interface ToldBook {
  /** Names of the channels that have taken the notification of this key. */
  toldChannels(dedupe_key: string): Promise<readonly string[]>;
  markTold(dedupe_key: string, channel: string, now: Instant): Promise<void>;
}
