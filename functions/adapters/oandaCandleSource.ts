import { startOfCandle } from "../../shared/contracts/candleFacts.ts";
import { OANDA_MAX_CANDLES } from "../../shared/contracts/oanda.ts";
import { GRANULARITY_MS } from "../../shared/domain/granularity.ts";
import { type Instant, SECOND, toIso } from "../../shared/domain/instant.ts";
import type { CandlePage, CandleRequest, CandleSource } from "../../shared/ports/candleSource.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import { isCountExceeded, type OandaHttp, requestCandles } from "./oandaRequest.ts";

export interface OandaOptions extends OandaHttp {
  readonly clock: Clock;
  /** How far the clock here may run ahead of OANDA's: nothing younger is asked for. */
  readonly clock_skew_ms?: number;
  readonly page_candles?: number;
}

/**
 * Candles of OANDA v20 (bid, mid and ask), oldest first. Pages go by `from` and `count`, never by `to`, which must not be
 * in the future: each begins one bar after the last one received, whether or not that slot has a candle, so that gaps
 * cost nothing and no bar at a page's edge is lost. Connections are kept alive by the runtime's fetch.
 */
export function createOandaCandleSource(options: OandaOptions): CandleSource {
  return { pages: (request) => pages(options, request) };
}

async function* pages(options: OandaOptions, request: CandleRequest): AsyncGenerator<CandlePage> {
  const bar_ms = GRANULARITY_MS[request.granularity];
  const to = Math.min(request.to, options.clock.now() - (options.clock_skew_ms ?? 5 * SECOND));
  let page_candles = Math.min(options.page_candles ?? OANDA_MAX_CANDLES, OANDA_MAX_CANDLES);
  for (let from = request.from; from < to; ) {
    const count = Math.min(page_candles, Math.ceil((to - from) / bar_ms));
    const answer = await askOrHalve(options, request, from, count);
    if (answer === null) {
      page_candles = Math.max(1, Math.floor(count / 2));
      continue;
    }
    const { candles, request_id } = answer;
    // An empty answer says that nothing follows; a short one may be a server's own limit, so the next page is asked for.
    if (candles.length === 0) return;
    const wanted = candles.filter((candle) => isWanted(candle, request));
    if (wanted.length > 0) yield { instrument: request.instrument, granularity: request.granularity, candles: wanted, request_id };
    from = nextStart(candles, from, bar_ms, count);
  }
}

/** Null when the server takes fewer candles at a time than were asked for. */
async function askOrHalve(options: OandaOptions, request: CandleRequest, from: Instant, count: number) {
  try {
    return await requestCandles(options, request, queryOf(request, from, count));
  } catch (error) {
    if (count > 1 && isCountExceeded(error)) return null;
    throw error;
  }
}

function queryOf({ granularity }: CandleRequest, from: Instant, count: number): URLSearchParams {
  return new URLSearchParams({
    price: "MBA",
    granularity,
    from: toIso(from),
    count: String(count),
    includeFirst: "true",
  });
}

/** Candles outside the span were not asked for. One whose time cannot be read is kept: bronze holds what was said. */
function isWanted(candle: unknown, { from, to }: CandleRequest): boolean {
  const start = startOfCandle(candle);
  return start === null || (start >= from && start < to);
}

/**
 * One bar after the newest candle. Where no time can be read, `count` slots on: `count` candles cover at least as many, so
 * none is skipped, and every step goes forward.
 */
function nextStart(candles: readonly unknown[], from: Instant, bar_ms: number, count: number): Instant {
  const newest = candles.reduce<Instant>((latest, candle) => Math.max(latest, startOfCandle(candle) ?? latest), Number.NEGATIVE_INFINITY);
  return newest >= from ? newest + bar_ms : from + count * bar_ms;
}
