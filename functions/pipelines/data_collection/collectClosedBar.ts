import { isInProgress, startOfCandle } from "../../../shared/contracts/candleFacts.ts";
import { BASE_GRANULARITY, BASE_GRANULARITY_MS } from "../../../shared/domain/granularity.ts";
import { type Instant, SECOND, toIso } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import { AppError } from "../../../shared/errors.ts";
import type { CandleRequest } from "../../../shared/ports/candleSource.ts";
import type { Ports } from "../ports.ts";
import { storeBronze } from "./storeBronze.ts";
import { writeBars } from "./writeBars.ts";

/**
 * What one look at the source gave:
 * - stored: the bar is complete, and in the store
 * - no_trade: the source has gone on to later bars, and has none of this hour
 * - waiting: it is not complete yet, or the source did not answer well; look again, not before `retry_after_ms` where it asks for that
 */
export type ClosedBar =
  | { readonly kind: "stored"; readonly inserted: number }
  | { readonly kind: "no_trade" }
  | { readonly kind: "waiting"; readonly reason: string; readonly retry_after_ms: number };

/** The caller looks again by itself, so a question is asked once, and a server that hangs holds up no other task for long. */
const PATIENCE = { max_tries: 1, timeout_ms: 5 * SECOND } as const;

/**
 * Asks the source once for the bar that ended at `close`, and stores it, with whatever is missing before it, when it is complete: bronze
 * and bar at once. What is still in progress is never stored. The bar is the same, and stored once, when data_collection has it too.
 */
export async function collectClosedBar(ports: Ports, instrument: Instrument, last: Instant, close: Instant): Promise<ClosedBar> {
  const expected = close - BASE_GRANULARITY_MS;
  // One bar more than is wanted: the next one, in progress, is how the source says that this hour had no trade.
  const span = { from: Math.min(last, expected), to: close + BASE_GRANULARITY_MS };
  const answer = await ask(ports, { instrument, granularity: BASE_GRANULARITY, ...span, patience: PATIENCE });
  if (answer instanceof AppError) return { kind: "waiting", reason: answer.message, retry_after_ms: answer.retry_after_ms ?? 0 };
  const closed = answer.filter((candle) => !isInProgress(candle) && (startOfCandle(candle) ?? expected) < close);
  const isThere = closed.some((candle) => startOfCandle(candle) === expected);
  const isNews = closed.some((candle) => (startOfCandle(candle) ?? last) > last);
  const inserted = isNews ? await store(ports, instrument, closed, { start: span.from, end: close }) : 0;
  if (isThere && (await ports.bars.lastStart(instrument, BASE_GRANULARITY)) === expected) return { kind: "stored", inserted };
  if (isThere) return waiting(`OANDA's bar of ${toIso(expected)} was rejected: see the rejects`);
  const isOver = answer.some((candle) => (startOfCandle(candle) ?? 0) > expected);
  const isComing = answer.some((candle) => startOfCandle(candle) === expected);
  return isOver && !isComing ? { kind: "no_trade" } : waiting(`OANDA's bar of ${toIso(expected)} is not complete yet`);
}

function waiting(reason: string): ClosedBar {
  return { kind: "waiting", reason, retry_after_ms: 0 };
}

/** All candles of the span, or why the source gave none: it is asked again either way, and data_collection tells people of one that is away. */
async function ask(ports: Ports, request: CandleRequest): Promise<readonly unknown[] | AppError> {
  const candles: unknown[] = [];
  try {
    for await (const page of ports.candles.pages(request)) candles.push(...page.candles);
    return candles;
  } catch (error) {
    if (error instanceof AppError && (error.code === "source_unavailable" || error.code === "source_rejected")) return error;
    throw error;
  }
}

async function store(ports: Ports, instrument: Instrument, candles: readonly unknown[], window: { start: Instant; end: Instant }) {
  await ports.bars.claimMarket(ports.config.market_origin);
  const lines = candles.map((candle) => JSON.stringify(candle));
  const { market_origin: origin } = ports.config;
  const { object } = await storeBronze(ports, { origin, instrument, granularity: BASE_GRANULARITY, lines, window });
  return (await writeBars(ports, object, window.end)).inserted;
}
