/**
 * Upper bounds of the buckets that durations are counted in. Those of predictions and tasks stand in the triggers of
 * migrations/0017_prediction_sources.sql as well, in the units of their rows; a test holds the two together. Another bound is another migration,
 * which counts anew.
 */

/** Of an answer's making: its limit is 100 ms at the 95th percentile (the plan, section 7). */
export const PREDICTION_BOUNDS_US = [250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000] as const;
/** Of a task's try. */
export const TASK_BOUNDS_MS = [100, 500, 1_000, 5_000, 15_000, 60_000, 300_000, 900_000] as const;
/** Of a request, as the Worker had it. */
export const REQUEST_BOUNDS_S = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5] as const;
/** Of a read of the online store, whose limit is 10 ms (the plan, section 7). */
export const ONLINE_READ_BOUNDS_S = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 1] as const;

/** The bucket of what lies above the last bound, in a column of whole numbers. */
export const BEYOND = Number.MAX_SAFE_INTEGER;
/** That of what was not timed. */
export const NOT_TIMED = -1;
