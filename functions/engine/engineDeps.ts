import type { TaskKey } from "../../shared/contracts/dags.ts";
import type { Dag } from "../../shared/dag/dag.ts";
import type { MapKeys } from "../../shared/dag/mapKeys.ts";
import type { Pools } from "../../shared/dag/pool.ts";
import type { TaskState } from "../../shared/dag/taskState.ts";
import type { BackfillStore } from "../../shared/ports/backfillStore.ts";
import type { CallbackOutbox } from "../../shared/ports/callbackOutbox.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { HintQueue } from "../../shared/ports/hints.ts";
import type { Ledger } from "../../shared/ports/ledger.ts";
import type { Notifier } from "../../shared/ports/notifier.ts";
import type { Timers } from "../../shared/ports/timers.ts";

export interface EngineDeps<Ports> {
  readonly ledger: Ledger;
  readonly dags: readonly Dag<Ports>[];
  readonly ports: Ports;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly hints: HintQueue;
  readonly backfills: BackfillStore;
  readonly outbox: CallbackOutbox;
  readonly notifier: Notifier;
  /** The ledger's own, so that what is wrong with them shows at the start. */
  readonly pools: Pools;
  /** A new random token at every call: two claims must never share one. */
  readonly newToken: () => string;
  /** Map keys of a run that names none: the configured instruments and news sources. */
  readonly default_map_keys: MapKeys;
  /** How long a claim holds without a heartbeat: the time that a killed worker's task stands still. */
  readonly lease_ms: number;
  /** Well under half of lease_ms, so that one lost heartbeat costs nothing. */
  readonly heartbeat_ms: number;
  /**
   * Leases in a row that may be lost without costing a retry. A restart or a deploy is no fault of the task; a task that kills its
   * worker every time (out of memory) is, and uses up its retries after this many.
   */
  readonly max_takeovers: number;
}

/** What one hint led to. */
export interface TaskResult {
  readonly key: TaskKey;
  /**
   * The state that the task is in now, or
   * - not_due: it is done, held by another worker, or not due yet; nothing was done
   * - lease_lost: another worker took it over meanwhile; the result was thrown away
   * - unknown: no such DAG or task in this code
   */
  readonly outcome: TaskState | "not_due" | "lease_lost" | "unknown";
}
