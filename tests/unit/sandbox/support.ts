import type { Hono } from "hono";
import { createCandleGrid, DEFAULT_ALIGNMENT } from "../../../data/sandbox/candles/candleGrid.ts";
import { granularityRule } from "../../../data/sandbox/candles/granularities.ts";
import type { Market } from "../../../data/sandbox/candles/priceFeed.ts";
import { selectCandles, type TickCandle } from "../../../data/sandbox/candles/selectCandles.ts";
import { createSandbox, type SandboxOptions } from "../../../data/sandbox/createSandbox.ts";
import type { OandaCandle } from "../../../shared/contracts/oanda.ts";

export const PAIRS = ["USD_SGD", "EUR_USD", "GBP_USD", "USD_JPY", "AUD_USD"];
export const CROSSES = ["EUR_SGD", "SGD_JPY"];

/** A sandbox whose clock stands still. */
export function sandboxAt(now: string, options: Partial<SandboxOptions> = {}): Hono {
  return createSandbox({ clock: { now: () => Date.parse(now) }, requests_per_second: 1_000_000, ...options });
}

export const TOKEN = { Authorization: "Bearer sandbox" };

export function get(app: Hono, path: string, headers: Record<string, string> = {}): Promise<Response> {
  return Promise.resolve(app.request(path, { headers: { ...TOKEN, ...headers } }));
}

/** A JSON body whose shape the test itself asserts. */
// biome-ignore lint/suspicious/noExplicitAny: the tests read deep into bodies that they then compare with what is expected
export async function jsonOf(response: Response | Promise<Response>): Promise<any> {
  return (await response).json();
}

export async function candlesOf(
  app: Hono,
  instrument: string,
  query: string,
  headers: Record<string, string> = {},
): Promise<OandaCandle[]> {
  const response = await get(app, `/v3/instruments/${instrument}/candles?${query}`, headers);
  const body = (await response.json()) as { candles?: OandaCandle[]; errorMessage?: string };
  if (!body.candles) throw new Error(`${response.status}: ${body.errorMessage}`);
  return body.candles;
}

/** Hourly (or other) candles of a market in ticks, from one instant to another. */
export function tickCandles(market: Market, instrument: string, from: string, to: string, granularity = "H1"): TickCandle[] {
  const feed = market.feed(instrument);
  const rule = granularityRule(granularity);
  if (!feed || !rule) throw new Error(`no ${instrument} ${granularity}`);
  const span = { from: Date.parse(from), to: Date.parse(to), count: 1_000_000, includes_first: true, is_smooth: false };
  return selectCandles(feed, createCandleGrid(rule, DEFAULT_ALIGNMENT), span, Date.parse(to));
}
