import type { Bar } from "../domain/bar.ts";
import type { Granularity } from "../domain/granularity.ts";
import type { Instant, TimeWindow } from "../domain/instant.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { RejectReason } from "../domain/rejectReason.ts";

/** Where candles come from. A store holds one market: simulated and real prices are never mixed. */
export type MarketOrigin = "sandbox" | "oanda" | "import";
export const MARKET_KINDS = ["simulated", "real"] as const;
export type MarketKind = (typeof MARKET_KINDS)[number];

/** Manifest row of one bronze object: a raw answer, stored as NDJSON under its content hash. */
export interface BronzeObject {
  readonly key: string;
  readonly origin: MarketOrigin;
  readonly instrument: Instrument;
  readonly granularity: Granularity;
  readonly sha256: string;
  readonly bytes: number;
  readonly lines: number;
  /** Span that was asked for. */
  readonly window: TimeWindow;
  readonly ingested_at: Instant;
  /** What an import asked for; absent for what was collected. */
  readonly wishes?: ImportWishes;
}

/** How the lines of an import are to be taken. Kept with the object, so that whoever writes its bars does as was asked. */
export interface ImportWishes {
  /** All calls of one import: the rejects that are kept of it are bounded. */
  readonly import_id: string;
  /** Bars that differ from those in the store take their place. */
  readonly replaces: boolean;
  /** Bars that stand alone are believed. */
  readonly accepts_spikes: boolean;
}

export type { RejectReason };

/** A line of bronze that did not become a bar, and why. */
export interface Reject {
  readonly object_key: string;
  /** Line of the object, from 1. */
  readonly line: number;
  readonly instrument: Instrument;
  readonly reason: RejectReason;
  readonly detail: string;
  /** The line itself, cut at 2,000 characters. */
  readonly raw: string;
}

export type RejectTotals = Readonly<Partial<Record<RejectReason, number>>>;

export interface BarWrite {
  readonly object_key: string;
  /** Its row in the manifest, where that is written with its bars; absent: it stands there. */
  readonly object?: BronzeObject;
  readonly bars: readonly Bar[];
  /** Line of the object, from 1, that each bar came from: `lines[i]` is that of `bars[i]`. */
  readonly lines: readonly number[];
  /** Those that are kept: the first ones of each reason. */
  readonly rejects: readonly Reject[];
  /** All of them, those that are not kept as well; absent: all are kept. */
  readonly reject_totals?: RejectTotals;
  /** Of bars that conflict with stored ones, at most so many are kept as rejects; absent: all. */
  readonly max_conflicts?: number;
  /** No bar was stored in the span of these when it was looked at last; absent: the store looks. */
  readonly is_new_span?: boolean;
  /** A bar that differs from the stored one takes its place, which becomes a superseded version; absent: it does not. */
  readonly replaces?: boolean;
  readonly ingested_at: Instant;
}

export interface BarWriteResult {
  /** Bars that were not there before. */
  readonly inserted: number;
  /** Bars that stood there with the same values. */
  readonly unchanged: number;
  /** Bars that stood there with other values, which are kept as superseded versions. */
  readonly replaced: number;
  /** Bars that stand there with other values: the first one is kept and the new one is rejected as duplicate_differs. */
  readonly conflicts: number;
  /** The first of them, as they were kept. */
  readonly first_conflicts: readonly Pick<Reject, "line" | "reason" | "detail">[];
  /** Start of the earliest bar that was inserted or replaced, null when none was. */
  readonly first_changed: Instant | null;
}

export interface SurroundingsQuery {
  readonly instrument: Instrument;
  readonly granularity: Granularity;
  /** From the object's first start to behind its last one; null: it has no bar, and nothing is read of bars. */
  readonly window: TimeWindow | null;
  /** Bars wanted on each side of it. */
  readonly count: number;
  /** Of an object that is imported. */
  readonly import?: {
    readonly import_id: string;
    /** The object itself: what it was refused before does not count. */
    readonly except_object: string;
    /**
     * SHA-256 of another object of this import. Until its bars are stored nothing is read, so that objects can be on their way at once and
     * are judged in their order. Fails with store_unavailable when they do not come.
     */
    readonly follows?: string;
  };
}

export interface BarSurroundings {
  /** The last stored bars that start before the window, and the first that start at its end or behind it; ascending. */
  readonly before: readonly Bar[];
  readonly behind: readonly Bar[];
  /** Bars are stored in the window; absent: none is. */
  readonly has_stored?: true;
  /** By reason, the rejects that are kept of the import. */
  readonly kept_rejects: RejectTotals;
}

/** A reject as it is listed. */
export interface StoredReject extends Reject {
  readonly ingested_at: Instant;
}

export interface RejectQuery {
  readonly instrument?: Instrument;
  readonly reason?: string;
  readonly object_key?: string;
  readonly limit: number;
  readonly offset: number;
}

/** Rejects of one reason: how many lines were refused, and how many of those are kept with their text. */
export interface RejectCount {
  readonly reason: string;
  readonly total: number;
  readonly kept: number;
}

/** Bars of one instrument: those that start in the window, `start <= bar.start < end`, and the `bars_before` ones before it (0). */
export interface BarSpan {
  readonly instrument: Instrument;
  readonly granularity: Granularity;
  readonly window: TimeWindow;
  readonly bars_before?: number;
}

/** Prices and volume of a bar, by the names of their columns. */
export type BarColumnName = `${"mid" | "bid" | "ask"}_${"o" | "h" | "l" | "c"}` | "volume";

/** Bars as columns, ascending by start. NaN stands for null. */
export type BarColumns<Name extends BarColumnName> = Readonly<Record<Name | "start", Float64Array>>;

export interface BarStore {
  /**
   * Fails with mixed_markets when the store holds the other kind of market. The sandbox is simulated; OANDA and imports are real. News
   * belongs beside the prices of its own market. `brings` is for the message; absent: prices.
   */
  claimMarket(origin: MarketOrigin, brings?: "prices" | "news"): Promise<void>;
  market(): Promise<MarketKind | null>;
  addBronze(object: BronzeObject): Promise<void>;
  /** Objects not yet validated, oldest first. */
  pendingBronze(instrument: Instrument): Promise<readonly BronzeObject[]>;
  /**
   * Stores bars and rejects of one object, marks it validated, and lowers the features' progress to the first inserted
   * or replaced bar, in one transaction. Idempotent. The progress of every instrument and view is lowered: gold rows look
   * at the bars of other instruments too. What the object was refused before is forgotten.
   */
  write(write: BarWrite): Promise<BarWriteResult>;
  /** Newest first. `total_entries` and `counts` are of the whole filter. */
  rejects(query: RejectQuery): Promise<{ rejects: readonly StoredReject[]; total_entries: number; counts: readonly RejectCount[] }>;
  /** What the bars of an object are judged among, as of one moment. */
  surroundings(query: SurroundingsQuery): Promise<BarSurroundings>;
  /** Bars of spans, a result each, as columns with the numbers that were written, to the bit: of many bars no object is made. */
  readColumns<Name extends BarColumnName>(spans: readonly BarSpan[], names: readonly Name[]): Promise<readonly BarColumns<Name>[]>;
  /** The last `count` bars that start before `before`, ascending. */
  readLast(instrument: Instrument, granularity: Granularity, before: Instant, count: number): Promise<readonly Bar[]>;
  /** Of each moment, the start of the last bar that starts before it; null when there is none. In one round trip. */
  lastStarts(instrument: Instrument, granularity: Granularity, before: readonly Instant[]): Promise<readonly (Instant | null)[]>;
  /** Start of the newest bar; null when there is none. */
  lastStart(instrument: Instrument, granularity: Granularity): Promise<Instant | null>;
  /** Instruments that have bars, with their span and count. */
  coverage(): Promise<readonly BarCoverage[]>;
}

export interface BarCoverage {
  readonly instrument: Instrument;
  readonly granularity: Granularity;
  readonly first_start: Instant;
  readonly last_start: Instant;
  readonly bars: number;
}
