import type { Ohlc } from "../domain/bar.ts";
import type { CandleRefusal } from "../domain/rejectReason.ts";

/** The prices and the volume of a candle record, under every name that the supported files give them. */

export const SIDES = ["mid", "bid", "ask"] as const;
export const CORNERS = ["o", "h", "l", "c"] as const;
const LONG = { o: "open", h: "high", l: "low", c: "close" } as const;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const NOT_FINITE = /^[+-]?(nan|inf|infinity)$/i;

export type PriceSide = (typeof SIDES)[number];
type Fields = Readonly<Record<string, unknown>>;

/**
 * One side's prices: OANDA's nested `bid: {o, h, l, c}`, or flat `bid_o` or `bid_open`; for mid also plain `open`.
 * Null when the record gives none of the four.
 */
export function readPrices(record: Fields, side: PriceSide): Ohlc | null | CandleRefusal {
  const nested = record[side];
  if (nested !== undefined && nested !== null && (typeof nested !== "object" || Array.isArray(nested))) {
    return { reason: "wrong_shape", detail: `${side}: expected an object with o, h, l and c, found ${show(nested)}` };
  }
  const prices = { o: 0, h: 0, l: 0, c: 0 };
  const missing: string[] = [];
  for (const corner of CORNERS) {
    const { name, value } = findPrice(record, nested as Fields | null | undefined, side, corner);
    const price = readNumber(name, value);
    if (price === null) missing.push(name);
    else if (typeof price !== "number") return price;
    else prices[corner] = price;
  }
  if (missing.length === CORNERS.length) return null;
  if (missing.length > 0) return { reason: "wrong_shape", detail: `${missing.join(", ")}: missing, though other ${side} prices are given` };
  return prices;
}

/** Number of ticks, or what a broker counts in their place, which need not be whole; null when the record gives none. */
export function readVolume(record: Fields): number | null | CandleRefusal {
  const volume = readNumber("volume", record["volume"]);
  if (volume === null || typeof volume !== "number") return volume;
  return volume >= 0 ? volume : { reason: "wrong_shape", detail: `volume: expected 0 or more, found ${show(record["volume"])}` };
}

/** A value for an error text, cut so that garbage stays readable. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** The keys that a price of the record may stand under; the first one that is not absent counts. */
export function priceNames(record: Fields, side: PriceSide, corner: (typeof CORNERS)[number]): readonly string[] {
  if (record[side]) return [`${side}.${corner}`];
  return [`${side}_${corner}`, `${side}_${LONG[corner]}`, ...(side === "mid" ? [LONG[corner]] : [])];
}

function findPrice(record: Fields, nested: Fields | null | undefined, side: PriceSide, corner: (typeof CORNERS)[number]) {
  const names = priceNames(record, side, corner);
  if (nested) return { name: names[0]!, value: nested[corner] };
  const name = names.find((candidate) => !isAbsent(record[candidate])) ?? names[0]!;
  return { name, value: record[name] };
}

function readNumber(name: string, value: unknown): number | null | CandleRefusal {
  if (isAbsent(value)) return null;
  const text = typeof value === "string" ? value.trim() : null;
  if (text !== null && NOT_FINITE.test(text)) return { reason: "not_finite", detail: `${name}: ${show(value)} is not a finite number` };
  const number = text !== null && DECIMAL.test(text) ? Number(text) : value;
  if (typeof number !== "number") return { reason: "wrong_shape", detail: `${name}: expected a number, found ${show(value)}` };
  if (!Number.isFinite(number)) return { reason: "not_finite", detail: `${name}: ${String(value)} is not a finite number` };
  return number;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === "string" && value.trim() === "");
}
