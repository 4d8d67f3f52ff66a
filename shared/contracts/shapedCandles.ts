import type { Bar, Ohlc } from "../domain/bar.ts";
import type { Granularity } from "../domain/granularity.ts";
import { type Instant, SECOND } from "../domain/instant.ts";
import type { Instrument } from "../domain/instrument.ts";
import { readPlainDecimal, readPlainDigits, readPlainTime } from "../domain/plainText.ts";
import { averageOf } from "./candleFiles.ts";
import { CORNERS, priceNames, SIDES } from "./candlePrices.ts";
import { LineShape } from "./lineShape.ts";

/** Where the value of a hole goes: prices of mid, bid and ask in the order of a bar's row, and behind them volume and time. */
const VOLUME = SIDES.length * CORNERS.length;
const TIME = VOLUME + 1;
const IGNORED = -1;

/** Shapes are learnt as long as it helps: of a file whose lines are all written differently none is. */
const FREE_LESSONS = 20;

/**
 * Reads the plain lines of candles of one object: those that are written as a line before them is, which `parseCandleRecord` has read, and
 * whose values are plain numbers and times. The bar is the one that it would read; all other lines are null here, and left to it.
 */
export class ShapedCandles {
  readonly #expected: { readonly instrument: Instrument; readonly granularity: Granularity };
  readonly #values = new Float64Array(TIME + 1);
  #shape: LineShape | null = null;
  #roles: readonly number[] = [];
  #lessons = 0;
  #read = 0;

  constructor(expected: { readonly instrument: Instrument; readonly granularity: Granularity }) {
    this.#expected = expected;
  }

  /** Learns how lines are written from one that is a bar of this object. */
  learn(line: string, record: unknown, bar: Bar): void {
    if (bar.instrument !== this.#expected.instrument || bar.granularity !== this.#expected.granularity) return;
    if (this.#lessons >= FREE_LESSONS && this.#read < this.#lessons) return;
    this.#lessons += 1;
    const shape = LineShape.of(line);
    const roles = shape && rolesOf(shape, record as Readonly<Record<string, unknown>>);
    if (shape === null || roles === null) return;
    this.#shape = shape;
    this.#roles = roles;
  }

  read(line: string): Bar | null {
    if (this.#shape === null || !this.#shape.fits(line) || !this.#readValues(this.#shape, line)) return null;
    const mid = this.#side(0);
    const bid = this.#side(1);
    const ask = this.#side(2);
    if (mid === undefined || bid === undefined || ask === undefined) return null;
    const known = mid ?? averageOf(bid, ask);
    if (known === null) return null;
    this.#read += 1;
    const { instrument, granularity } = this.#expected;
    const volume = this.#values[VOLUME]!;
    return { instrument, granularity, start: this.#values[TIME]!, mid: known, bid, ask, volume: Number.isNaN(volume) ? null : volume };
  }

  /** NaN where the line is silent. False where something is not plain. */
  #readValues(shape: LineShape, line: string): boolean {
    const values = this.#values.fill(Number.NaN);
    for (let i = 0; i < this.#roles.length; i++) {
      const role = this.#roles[i]!;
      const from = shape.from[i]!;
      const to = shape.to[i]!;
      if (role === IGNORED ? !shape.isAllowed(line, i) : from === to && !shape.holes[i]!.is_text) return false;
      if (role === IGNORED || from === to) continue;
      const value = role === TIME ? readTime(line, from, to) : readPlainDecimal(line, from, to);
      if (Number.isNaN(value)) return false;
      values[role] = value;
    }
    return !Number.isNaN(values[TIME]!);
  }

  /** Null where none of the four is given, undefined where some are. */
  #side(side: number): Ohlc | null | undefined {
    const at = side * CORNERS.length;
    const o = this.#values[at]!;
    const h = this.#values[at + 1]!;
    const l = this.#values[at + 2]!;
    const c = this.#values[at + 3]!;
    if (!Number.isNaN(o + h + l + c)) return { o, h, l, c };
    return Number.isNaN(o) && Number.isNaN(h) && Number.isNaN(l) && Number.isNaN(c) ? null : undefined;
  }
}

/** As parseCandleTime reads it: RFC 3339, epoch seconds of nine or ten digits, milliseconds of twelve or thirteen. */
function readTime(line: string, from: number, to: number): Instant {
  const digits = to - from;
  if (digits === 9 || digits === 10) return readPlainDigits(line, from, to) * SECOND;
  return digits === 12 || digits === 13 ? readPlainDigits(line, from, to) : readPlainTime(line, from, to);
}

/** What each hole is; null where two of them may stand for one price, or the time is none of them. */
function rolesOf(shape: LineShape, record: Readonly<Record<string, unknown>>): readonly number[] | null {
  const names = shape.holes.map(({ name }) => name);
  const roles = names.map((name) => (name === "time" ? TIME : name === "volume" ? VOLUME : IGNORED));
  for (const [s, side] of SIDES.entries()) {
    for (const [c, corner] of CORNERS.entries()) {
      const holes = priceNames(record, side, corner).filter((name) => names.includes(name));
      if (holes.length > 1) return null;
      if (holes.length === 1) roles[names.indexOf(holes[0]!)] = s * CORNERS.length + c;
    }
  }
  return roles.includes(TIME) && record["unread"] === undefined ? roles : null;
}
