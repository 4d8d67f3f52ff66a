import type { OandaCandle } from "../../../shared/contracts/oanda.ts";

type Price = { o: string; h: string; l: string; c: string };

/** The ways in which a candle is broken, in the order of their turns. */
const MALFORMATIONS = ["bid_above_ask", "nan_text", "high_below_low", "missing_field"] as const;

/**
 * Breaks the middle one of the candles, in the way whose turn it is. Bid above ask needs both; an answer without them gets
 * text that is no number.
 */
export function malformCandle(candles: readonly OandaCandle[], turn: number): unknown[] {
  const victim = Math.floor(candles.length / 2);
  return candles.map((candle, index) => (index === victim ? broken(candle, MALFORMATIONS[turn % MALFORMATIONS.length]!) : candle));
}

function broken(candle: OandaCandle, how: (typeof MALFORMATIONS)[number]): unknown {
  const { bid, ask } = candle;
  if (how === "bid_above_ask" && bid && ask) return { ...candle, bid: raised(ask), ask: bid };
  if (how === "missing_field") return without(candle);
  return eachPrice(candle, (price) => (how === "high_below_low" ? { ...price, h: price.l, l: beyond(price.h) } : { ...price, c: "NaN" }));
}

/** Prices a tenth higher: above whatever they were below. */
function raised(price: Price): Price {
  return { o: beyond(price.o), h: beyond(price.h), l: beyond(price.l), c: beyond(price.c) };
}

function beyond(price: string): string {
  const decimals = price.length - price.indexOf(".") - 1;
  return (Number(price) * 1.1).toFixed(decimals);
}

function without(candle: OandaCandle): unknown {
  return eachPrice(candle, ({ o, h, l }) => ({ o, h, l }));
}

function eachPrice(candle: OandaCandle, change: (price: Price) => unknown): unknown {
  return Object.fromEntries(Object.entries(candle).map(([key, value]) => [key, isPrice(value) ? change(value) : value]));
}

function isPrice(value: unknown): value is Price {
  return typeof value === "object" && value !== null;
}
