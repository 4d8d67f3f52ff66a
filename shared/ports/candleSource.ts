import type { Granularity } from "../domain/granularity.ts";
import type { Instant } from "../domain/instant.ts";
import type { Instrument } from "../domain/instrument.ts";

export interface CandleRequest {
  readonly instrument: Instrument;
  readonly granularity: Granularity;
  /** Start of the first candle wanted. */
  readonly from: Instant;
  /** Candles that start before this. One that lies in the future gives the bar in progress too, where the source has one. */
  readonly to: Instant;
  /** How long one question may take; absent: the source's own patience. For a caller that comes back by itself. */
  readonly patience?: { readonly max_tries: number; readonly timeout_ms: number };
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
