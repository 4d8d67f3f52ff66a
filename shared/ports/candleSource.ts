import type { Granularity } from "../domain/granularity.ts";
import type { Instant } from "../domain/instant.ts";
import type { Instrument } from "../domain/instrument.ts";

export interface CandleRequest {
  readonly instrument: Instrument;
  readonly granularity: Granularity;
  /** Start of the first candle wanted. */
  readonly from: Instant;
  /** Candles that start before this. Not in the future. */
  readonly to: Instant;
}

/** One raw answer of the source, unparsed beyond its envelope, so that bronze keeps what was really said. */
export interface CandlePage {
  readonly instrument: Instrument;
  readonly granularity: Granularity;
  /** The candles as the source sent them, oldest first. Untrusted. */
  readonly candles: readonly unknown[];
  readonly request_id: string | null;
}

/** A provider of candles that speaks OANDA v20. Retries, backoff and pacing are inside; what comes out is final. */
export interface CandleSource {
  /** Pages through the span, at most 5,000 candles a page. Throws source_unavailable (retryable) or source_rejected. */
  pages(request: CandleRequest): AsyncIterable<CandlePage>;
}
