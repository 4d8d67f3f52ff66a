import type { Bar, Ohlc } from "../domain/bar.ts";
import { WEEK } from "../domain/instant.ts";
import type { CandleRefusal } from "../domain/rejectReason.ts";

/**
 * The largest move that is believed of a bar that stands alone, as a log return: 0.25 is 28 % up or 22 % down. The franc moved by a fifth
 * in an hour on 15 January 2015; a slipped decimal point moves by nine tenths.
 */
export const SPIKE_GUARD = 0.25;

/** Bars on each side that a bar is compared with. */
export const SPIKE_NEIGHBOURS = 3;
/** Extremes are touched for seconds, and at the edge of what is known nobody can say whether a move will last: both may be twice as large. */
const LENIENT = 2;

const CORNERS = ["o", "h", "l", "c"] as const;

type Logs = Readonly<Record<keyof Ohlc, number>>;

/**
 * Bars that stand alone: open or close further than `guard` (high or low: twice that) from the closes of at least two thirds of up to three
 * bars on either side within a week. A market that gaps and stays where it is agrees with what follows, and passes; so does one whose
 * neighbours are unknown. Bid and ask are held against the bar's own mid.
 *
 * `bars` are of one instrument and granularity, in any order; `known` are stored bars before and behind them. Returns one entry a bar:
 * null, or why it is refused.
 */
export function findSpikes(bars: readonly Bar[], known: readonly Bar[], guard: number): readonly (CandleRefusal | null)[] {
  if (isSteady(bars, known, guard)) return new Array<null>(bars.length).fill(null);
  const rows = [...bars.map((bar, index) => ({ bar, index })), ...known.map((bar) => ({ bar, index: -1 }))].sort(
    (one, other) => one.bar.start - other.bar.start,
  );
  const logs = rows.map(({ bar }) => logsOf(bar.mid));
  const refusals = new Array<CandleRefusal | null>(bars.length).fill(null);
  for (const [at, { bar, index }] of rows.entries()) {
    if (index < 0) continue;
    refusals[index] = findLoneSide(bar, guard) ?? (isCalm(logs, at, guard) ? null : findLoneBar(rows, logs, at, guard));
  }
  return refusals;
}

/**
 * True where no bar can stand alone, as nearly always: in the order of their starts, no close is further than a sixteenth of the guard from
 * the one before it, and no corner further from its own close, so that three steps away all is within a third of the guard.
 */
function isSteady(bars: readonly Bar[], known: readonly Bar[], guard: number): boolean {
  const [first, last] = [bars[0]?.start ?? 0, bars.at(-1)?.start ?? 0];
  const [before, behind] = [known.filter(({ start }) => start < first), known.filter(({ start }) => start > last)];
  if (before.length + behind.length < known.length) return false;
  const step = Math.min(guard, 1) / 16;
  const rows = [...before, ...bars, ...behind];
  return rows.every((bar, i) => i === 0 || follows(bar, rows[i - 1]!, step)) && bars.every((bar) => isCompact(bar, step));
}

function follows(bar: Bar, before: Bar, step: number): boolean {
  return bar.start > before.start && isWithin(bar.mid.c, before.mid.c, step);
}

/** High and low near the close, and so the open between them; bid and ask as near to mid as findLoneSide lets pass without a further look. */
function isCompact({ mid, bid, ask }: Bar, step: number): boolean {
  const { h, l, c } = mid;
  if (!isWithin(h, c, step) || !isWithin(l, c, step)) return false;
  if (bid === null && ask === null) return true;
  return [bid, ask].every((side) => side === null || CORNERS.every((name) => isWithin(side[name], mid[name], 8 * step)));
}

function isWithin(price: number, of: number, part: number): boolean {
  return Math.abs(price / of - 1) < part;
}

/** Far from none of the bars around it: the quick way out for one bar. */
function isCalm(logs: readonly Logs[], at: number, guard: number): boolean {
  const own = logs[at]!;
  for (let other = Math.max(0, at - SPIKE_NEIGHBOURS); other <= at + SPIKE_NEIGHBOURS && other < logs.length; other++) {
    if (other !== at && isFar(own, logs[other]!.c, guard)) return false;
  }
  return true;
}

function findLoneBar(rows: readonly { readonly bar: Bar }[], logs: readonly Logs[], at: number, guard: number): CandleRefusal | null {
  const { start, mid } = rows[at]!.bar;
  const near = (other: number) => rows[other] !== undefined && Math.abs(rows[other].bar.start - start) <= WEEK;
  const sides = [-1, 1].map((step) => steps(at, step).filter(near));
  const neighbours = sides.flat();
  if (neighbours.length < 2) return null;
  const limit = sides.some((side) => side.length === 0) ? LENIENT * guard : guard;
  const far = neighbours.filter((other) => isFar(logs[at]!, logs[other]!.c, limit));
  if (far.length < Math.ceil((2 * neighbours.length) / 3)) return null;
  const closes = far.map((other) => rows[other]!.bar.mid.c);
  const around = `${Math.min(...closes)} to ${Math.max(...closes)}`;
  return {
    reason: "spike",
    detail: `mid: open ${mid.o}, high ${mid.h}, low ${mid.l}, close ${mid.c} stand alone among closes of ${around} (SPIKE_GUARD ${guard})`,
  };
}

function steps(at: number, step: number): number[] {
  return Array.from({ length: SPIKE_NEIGHBOURS }, (_, count) => at + step * (count + 1));
}

function isFar(own: Logs, close: number, limit: number): boolean {
  const isMoved = Math.abs(own.o - close) > limit || Math.abs(own.c - close) > limit;
  return isMoved || own.h - close > LENIENT * limit || close - own.l > LENIENT * limit;
}

function findLoneSide({ mid, bid, ask }: Bar, guard: number): CandleRefusal | null {
  for (const [side, prices] of [["bid", bid] as const, ["ask", ask] as const]) {
    if (prices === null || CORNERS.every((name) => Math.abs(prices[name] / mid[name] - 1) < Math.min(guard, 1) / 2)) continue;
    const corner = CORNERS.find((name) => Math.abs(Math.log(prices[name] / mid[name])) > guard);
    if (corner === undefined) continue;
    return {
      reason: "spike",
      detail: `${side}.${corner}: ${prices[corner]} is far from mid.${corner} ${mid[corner]} (SPIKE_GUARD ${guard})`,
    };
  }
  return null;
}

function logsOf({ o, h, l, c }: Ohlc): Logs {
  return { o: Math.log(o), h: Math.log(h), l: Math.log(l), c: Math.log(c) };
}
