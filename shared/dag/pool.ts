/** So many tasks of a kind at once, over all DAGs and runs. */
export interface PoolDefinition {
  readonly slots: number;
  /**
   * True: a task keeps its slot while it waits to look again, because what it started outside still runs (a training job on the
   * sidecar). False: only running tasks take a slot. Airflow's word for it.
   */
  readonly include_deferred: boolean;
}

export type Pools = Readonly<Record<string, PoolDefinition>>;

/** OANDA allows 120 requests a second on a connection; four callers stay well under it and leave the Worker its subrequests. */
export const DEFAULT_OANDA_SLOTS = 4;

/** The pools of this system. The sidecar's GPU and cores take one training and one FinGPT batch at a time. */
export function definePools(oanda_slots: number = DEFAULT_OANDA_SLOTS): Pools {
  return {
    sidecar_training: { slots: 1, include_deferred: true },
    sidecar_sentiment: { slots: 1, include_deferred: true },
    oanda: { slots: oanda_slots, include_deferred: false },
  };
}
