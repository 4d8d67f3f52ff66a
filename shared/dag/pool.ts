/** So many tasks of a kind at once, over all DAGs and runs. */
export interface PoolDefinition {
  readonly slots: number;
  /**
   * True: a task keeps its slot while it waits to look again, because what it started outside still runs (a training job on the
   * sidecar). False: only running tasks take a slot. Airflow's word for it.
   */
  readonly include_deferred: boolean;
}

/** The name that Airflow has for the pool of tasks that name none. Here they need no slot. */
export const NO_POOL = "default_pool";

export type Pools = Readonly<Record<string, PoolDefinition>>;

/** OANDA allows 120 requests a second on a connection; four callers stay well under it and leave the Worker its subrequests. */
export const DEFAULT_OANDA_SLOTS = 4;

/** One of them needs 40 to 60 MB of an isolate that has 128 on Cloudflare; and an isolate computes one thing at a time. */
export const DEFAULT_WIDE_SLOTS = 1;

export interface PoolSizes {
  readonly oanda?: number;
  readonly wide?: number;
  readonly sidecars?: number;
}

/**
 * The pools of this system. A sidecar's GPU and cores take one training at a time, and so there are as many as there are sidecars. News is read
 * by one task at a time, or two would read the same articles. `wide` is for tasks that hold
 * months or years of an instrument's feature rows in the memory of the Worker.
 */
export function definePools({ oanda = DEFAULT_OANDA_SLOTS, wide = DEFAULT_WIDE_SLOTS, sidecars = 1 }: PoolSizes = {}): Pools {
  return {
    sidecar_training: { slots: sidecars, include_deferred: true },
    sidecar_sentiment: { slots: 1, include_deferred: true },
    oanda: { slots: oanda, include_deferred: false },
    wide: { slots: wide, include_deferred: false },
  };
}
