import type { CandleFold } from "../candles/candleFold.ts";
import { SPREAD_BY_HOUR } from "./activity.ts";
import { bitsAt, deriveKey } from "./counterHash.ts";
import { createMinutePath, MINUTES_PER_HOUR, type MinutePath, type PathSource } from "./minutePath.ts";

/** Reach of high and low beyond open and close, at most, in standard deviations of the minute's move. */
const MAX_WICK_STDS = 0.7;
/** A spread is uniform in u^2 between these multiples of the usual one, which makes the usual one (u = 1/2) the median. */
const SPREAD_FLOOR = 0.92;
const SPREAD_SLOPE = 0.32;
/** Ticks grow less than in proportion to volatility, as real tick counts do. */
const VOLUME_POWER = 0.8;

/**
 * Turns the minutes of a path into quotes: the open (the last price, or one tick beside it), wicks, spread and tick count.
 * One 32-bit draw a minute, cut into bytes. Everything in it is symmetric in direction and independent of every sign.
 */
export class MinuteQuotes {
  readonly #source: PathSource;
  readonly #key: number;
  #path: MinutePath = createMinutePath();
  #hourKey = 0;
  #spread_ticks = 1;
  #wick_ticks = 0;
  #volume = 0;

  constructor(source: PathSource, key: number) {
    this.#source = source;
    this.#key = key;
  }

  /** Sets the hour that the next minutes belong to. */
  open(path: MinutePath, epochHour: number, newYorkHour: number): void {
    this.#path = path;
    this.#hourKey = deriveKey(this.#key, epochHour);
    this.#spread_ticks = this.#source.spread_ticks * SPREAD_BY_HOUR[newYorkHour]!;
    const minuteStd = path.std_ticks / Math.sqrt(MINUTES_PER_HOUR);
    this.#wick_ticks = minuteStd * MAX_WICK_STDS;
    this.#volume = this.#source.ticks_per_minute * (path.std_ticks / (path.mids[0]! * REFERENCE_STD)) ** VOLUME_POWER;
  }

  addMinute(minute: number, into: CandleFold): void {
    const bits = bitsAt(this.#hourKey, minute);
    const open = this.#openOf(minute, bits);
    const close = this.#path.mids[minute + 1]!;
    const high = Math.max(open, close) + Math.floor(((bits >>> 16) & 255) * (this.#wick_ticks / 255));
    const low = Math.min(open, close) - Math.floor((bits >>> 24) * (this.#wick_ticks / 255));
    const size = Math.min(3, Math.abs(close - open) / (this.#wick_ticks + 1));
    const volume = Math.max(1, Math.round(this.#volume * (0.6 + 0.3 * size) * (0.5 + (bits & 255) / 255)));
    into.addSpread(open, high, low, close, this.#spreadOf(bits), volume);
  }

  /** What a minute shows at its start: one tick at its open. */
  addFirstTick(minute: number, into: CandleFold): void {
    const bits = bitsAt(this.#hourKey, minute);
    const open = this.#openOf(minute, bits);
    into.addSpread(open, open, open, open, this.#spreadOf(bits), 1);
  }

  /** The last price, one tick below or one above, a third each. */
  #openOf(minute: number, bits: number): number {
    return this.#path.mids[minute]! + (((bits >>> 4) % 3) - 1);
  }

  #spreadOf(bits: number): number {
    const u = ((bits >>> 8) & 255) / 255;
    return Math.max(2, Math.round(this.#spread_ticks * (SPREAD_FLOOR + SPREAD_SLOPE * u * u)));
  }
}

/** The hourly standard deviation at which a pair has its usual tick count: 8 basis points. */
const REFERENCE_STD = 8 / 10_000;
