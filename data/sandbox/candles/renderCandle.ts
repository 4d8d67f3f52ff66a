import type { OandaCandle } from "../../../shared/contracts/oanda.ts";
import { type Instant, SECOND } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import { pricePrecision } from "../../../shared/domain/legs.ts";
import type { TickOhlc } from "./candleFold.ts";
import type { TickCandle } from "./selectCandles.ts";

export type DatetimeFormat = "RFC3339" | "UNIX";

export interface CandleStyle {
  readonly instrument: Instrument;
  readonly datetime_format: DatetimeFormat;
  /** Components in the answer, of M, B and A. */
  readonly price: ReadonlySet<string>;
}

/** A candle as OANDA writes it. A history recorded without bid and ask has only mid, whatever is asked for. */
export function renderCandle(candle: TickCandle, style: CandleStyle): OandaCandle {
  const precision = pricePrecision(style.instrument);
  const { fold } = candle;
  return {
    complete: candle.is_complete,
    volume: fold.volume,
    time: renderTime(candle.start, style.datetime_format),
    ...(style.price.has("B") && fold.hasQuotes ? { bid: renderOhlc(fold.bid, precision) } : {}),
    ...(style.price.has("M") ? { mid: renderOhlc(fold.mid, precision) } : {}),
    ...(style.price.has("A") && fold.hasQuotes ? { ask: renderOhlc(fold.ask, precision) } : {}),
  };
}

/** `2016-01-03T22:00:00.000000000Z`, or `1451858400.000000000`. */
export function renderTime(instant: Instant, format: DatetimeFormat): string {
  if (format === "RFC3339") return new Date(instant).toISOString().replace("Z", "000000Z");
  return `${Math.floor(instant / SECOND)}.${String(instant % SECOND).padStart(3, "0")}000000`;
}

function renderOhlc({ o, h, l, c }: TickOhlc, precision: number): { o: string; h: string; l: string; c: string } {
  const price = (ticks: number): string => (ticks / 10 ** precision).toFixed(precision);
  return { o: price(o), h: price(h), l: price(l), c: price(c) };
}
