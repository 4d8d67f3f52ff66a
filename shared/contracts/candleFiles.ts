import type { Bar, Ohlc } from "../domain/bar.ts";
import { GRANULARITY_MS, type Granularity } from "../domain/granularity.ts";
import type { Instant } from "../domain/instant.ts";
import { type Instrument, instrumentSchema } from "../domain/instrument.ts";
import type { CandleRefusal } from "../domain/rejectReason.ts";
import { readPrices, readVolume, show } from "./candlePrices.ts";
import { parseCandleTime } from "./candleTime.ts";
import { findUnread } from "./unreadRow.ts";

/**
 * Candle records, as OANDA answers with them and as files hold them: OANDA's own shape (`mid: {o, h, l, c}`, prices as
 * strings), flat JSON (`open`, `bid_open`, …) and rows of CSV (all strings, `mid_o` or `open`, `bid_o`, `ask_o`, …).
 * Only the form is judged here; whether a bar is believable is validateCandle's.
 */
export interface CandleDefaults {
  /** For records that do not name their own. Null: such a record is refused. */
  readonly instrument: Instrument | null;
  readonly granularity: Granularity;
}

/** The bar that a record stands for, or why there is none. Never throws. */
export function parseCandleRecord(record: unknown, defaults: CandleDefaults): Bar | CandleRefusal {
  if (record === null || typeof record !== "object" || Array.isArray(record)) {
    return { reason: "not_an_object", detail: `expected a candle, found ${show(record)}` };
  }
  const fields = record as Readonly<Record<string, unknown>>;
  const refusal = findUnread(fields) ?? findIncomplete(fields["complete"]);
  if (refusal) return refusal;
  const instrument = readInstrument(fields["instrument"], defaults.instrument);
  if (typeof instrument !== "string") return instrument;
  const granularity = readGranularity(fields["granularity"], defaults.granularity);
  if (typeof granularity !== "string") return granularity;
  const start = readStart(fields["time"]);
  if (typeof start !== "number") return start;
  const rest = readSides(fields);
  return isRefusal(rest) ? rest : { instrument, granularity, start, ...rest };
}

export function isRefusal(value: object | null): value is CandleRefusal {
  return value !== null && "reason" in value;
}

export function isGranularity(value: unknown): value is Granularity {
  return typeof value === "string" && Object.hasOwn(GRANULARITY_MS, value);
}

/** `complete` is OANDA's; a file of finished bars need not say it. CSV gives it as text. */
function findIncomplete(complete: unknown): CandleRefusal | null {
  if (complete === undefined || complete === null || complete === "" || complete === true) return null;
  const text = typeof complete === "string" ? complete.trim().toLowerCase() : complete;
  if (text === "true") return null;
  if (text === false || text === "false") {
    return { reason: "incomplete", detail: `complete: ${show(complete)}: the bar had not ended` };
  }
  return { reason: "wrong_shape", detail: `complete: expected true or false, found ${show(complete)}` };
}

function readInstrument(value: unknown, fallback: Instrument | null): Instrument | CandleRefusal {
  if (value === undefined || value === null || value === "") {
    return fallback ?? { reason: "wrong_instrument", detail: "instrument: the record does not name one" };
  }
  const parsed = instrumentSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  return { reason: "wrong_instrument", detail: `instrument: ${show(value)} is not a pair such as USD_SGD` };
}

function readGranularity(value: unknown, fallback: Granularity): Granularity | CandleRefusal {
  if (value === undefined || value === null || value === "") return fallback;
  if (isGranularity(value)) return value;
  return { reason: "wrong_granularity", detail: `granularity: ${show(value)} is not one of ${Object.keys(GRANULARITY_MS).join(", ")}` };
}

function readStart(value: unknown): Instant | CandleRefusal {
  return (
    parseCandleTime(value) ?? { reason: "bad_time", detail: `time: expected RFC 3339 with a zone or epoch time, found ${show(value)}` }
  );
}

function readSides(fields: Readonly<Record<string, unknown>>): Pick<Bar, "mid" | "bid" | "ask" | "volume"> | CandleRefusal {
  const bid = readPrices(fields, "bid");
  if (isRefusal(bid)) return bid;
  const ask = readPrices(fields, "ask");
  if (isRefusal(ask)) return ask;
  const given = readPrices(fields, "mid");
  if (isRefusal(given)) return given;
  const volume = readVolume(fields);
  if (typeof volume === "object" && volume !== null) return volume;
  const mid = given ?? averageOf(bid, ask);
  if (!mid) return { reason: "no_mid_price", detail: "mid: absent, and cannot be averaged without both bid and ask" };
  return { mid, bid, ask, volume };
}

/**
 * Mid from quotes: (bid + ask) / 2 corner by corner. Exact for open and close; for high and low an approximation, since
 * the extremes of bid and ask need not fall on the same tick.
 */
export function averageOf(bid: Ohlc | null, ask: Ohlc | null): Ohlc | null {
  if (!bid || !ask) return null;
  return { o: (bid.o + ask.o) / 2, h: (bid.h + ask.h) / 2, l: (bid.l + ask.l) / 2, c: (bid.c + ask.c) / 2 };
}
