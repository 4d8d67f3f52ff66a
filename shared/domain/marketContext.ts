import type { Instant } from "./instant.ts";
import type { Instrument } from "./instrument.ts";

/**
 * The market's state as it was known at an article's knowledge time: values of the newest gold row with available_at at or before
 * it. Null where the row has no value.
 */
export interface MarketContext {
  readonly instrument: Instrument;
  /** Of that row. */
  readonly event_time: Instant;
  readonly mid: number | null;
  /** Log returns over 1 and 5 bars. */
  readonly ret_1: number | null;
  readonly ret_5: number | null;
  /** Standard deviation of the hourly log return over 20 bars. */
  readonly vol_20: number | null;
  readonly zscore_20: number | null;
  readonly spread_pct: number | null;
  readonly high_vol_regime: number | null;
}
